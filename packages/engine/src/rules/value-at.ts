import type { Json, JsonObject } from '@whorl/contract';

const step = (value: Json, name: string): Json | undefined => {
  if (Array.isArray(value)) {
    const found = value.flatMap((each) => step(each, name) ?? []);
    return found.length === 0 ? undefined : found;
  }
  // Only what the event itself has: a tag called `constructor` is none unless it was sent.
  const has = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return has ? (value[name] ?? undefined) : undefined;
};

/**
 * What stands at a path of names, such as `['tags', 'cart']`; undefined where there is nothing or null. A path through a
 * list of objects leads to the list of what they have under the name.
 */
export const valueAt = (event: JsonObject, names: readonly string[]): Json | undefined =>
  names.reduce<Json | undefined>((value, name) => (value === undefined ? undefined : step(value, name)), event);
