import { type Event, sourceNames, sourceSchemas } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import type { JsonReader } from './json-reader.ts';

/** Names that are not the same word in another case. */
const RENAMED: Partial<Record<string, string>> = {
  indexed_db: 'indexedDB',
  oscpu: 'osCpu',
  webgl_basics: 'webGlBasics',
  webgl_extensions: 'webGlExtensions',
};

const forms = new Map<string, { Check(value: unknown): boolean }>(
  sourceNames.map((name) => [name, Compile(sourceSchemas[name])]),
);

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The members of one attribute are written in the same way as the attributes themselves. */
const camelMembers = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [camel(name), member]));

/**
 * The raw attributes of a v4 event under the names that our events have them by. v4 writes some in a way that does not
 * lead back, such as the hash of what was collected; those are left out, and so are those that failed, which v4 does not
 * tell.
 */
export const v4Attributes = (attributes: JsonReader): Event['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes.object() ?? {}).flatMap(([written, value]) => {
      const name = RENAMED[written] ?? camel(written);
      const own = camelMembers(value);
      return forms.get(name)?.Check(own) === true ? [[name, { value: own, duration: 0 }]] : [];
    }),
  );
