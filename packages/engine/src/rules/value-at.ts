import type { Json, JsonObject } from '@whorl/contract';

/** Only what the event itself has: a tag called `constructor` is none unless it was sent. */
const own = (value: Json, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value[name] ?? undefined)
    : undefined;

/** Lists may be as long as tags can be, and are looked through for every event: nothing is made for each element. */
const ofEach = (values: readonly Json[], name: string): Json | undefined => {
  const found: Json[] = [];
  for (const each of values) {
    const value = own(each, name);
    if (Array.isArray(value)) for (const inner of value) found.push(inner);
    else if (value !== undefined) found.push(value);
  }
  return found.length === 0 ? undefined : found;
};

const step = (value: Json, name: string): Json | undefined =>
  Array.isArray(value) ? ofEach(value, name) : own(value, name);

/**
 * What stands at a path of names, such as `['tags', 'cart']`; undefined where there is nothing or null. A path through a
 * list of objects leads to the list of what they have under the name; lists within lists are not looked into.
 */
export const valueAt = (event: JsonObject, names: readonly string[]): Json | undefined =>
  names.reduce<Json | undefined>((value, name) => (value === undefined ? undefined : step(value, name)), event);
