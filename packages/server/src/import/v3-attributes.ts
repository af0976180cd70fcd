import type { Event } from '@whorl/contract';
import type { JsonReader } from './json-reader.ts';

type Attributes = Event['attributes'];

/** Our form holds the canvas under FingerprintJS's own names; the API capitalises them. */
const canvasOf = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name.charAt(0).toLowerCase() + name.slice(1), part]),
      );

const attributeOf = (name: string, attribute: JsonReader): Attributes[string] => {
  const error = attribute.at('error');
  if (error.exists) {
    return { error: { name: error.at('name').text() ?? '', message: error.at('message').text() ?? '' }, duration: 0 };
  }
  const { raw } = attribute.at('value');
  return raw === undefined
    ? { absent: true, duration: 0 }
    : { value: name === 'canvas' ? canvasOf(raw) : raw, duration: 0 };
};

/** The raw attributes of a v3 event, which has them by the names that ours have. */
export const v3Attributes = (reader: JsonReader): Attributes =>
  Object.fromEntries(Object.keys(reader.object() ?? {}).map((name) => [name, attributeOf(name, reader.at(name))]));
