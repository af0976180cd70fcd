import type { Event } from '@whorl/contract';
import type { JsonReader } from './json-reader.ts';

/** Names that are not the same word in another case. */
const RENAMED: Partial<Record<string, string>> = {
  indexed_db: 'indexedDB',
  webgl_basics: 'webGlBasics',
  webgl_extensions: 'webGlExtensions',
};

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The members of one attribute are written in the same way as the attributes themselves. */
const camelMembers = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, member]) => [camel(name), member]));

/** The raw attributes of a v4 event under the names that our events have them by. v4 does not say which failed. */
export const v4Attributes = (attributes: JsonReader): Event['attributes'] =>
  Object.fromEntries(
    Object.entries(attributes.object() ?? {}).map(([name, value]) => [
      RENAMED[name] ?? camel(name),
      { value: camelMembers(value), duration: 0 },
    ]),
  );
