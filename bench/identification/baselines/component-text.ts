import { createHash } from 'node:crypto';
import type { Component, Components, SourceName } from '@whorl/contract';

/** Equal values are one object in the simulation, so each is written out once. */
const texts = new WeakMap<object, string>();

const write = (component: Component<unknown>): string => {
  if ('value' in component) return JSON.stringify(component.value);
  return 'error' in component ? 'error' : '';
};

/** What a source sent, as text; empty where it has nothing. */
export const componentText = (components: Components, name: SourceName): string => {
  const component = components[name];
  if (component === undefined) return '';
  const known = texts.get(component);
  if (known !== undefined) return known;
  const text = write(component);
  texts.set(component, text);
  return text;
};

/** Several sources as one text. No source's text has the separator, which JSON escapes. */
export const componentTexts = (components: Components, names: readonly SourceName[]): string =>
  names.map((name) => componentText(components, name)).join('\n');

/** A text as a key of a few bytes, where only equality counts: many texts of thousands of characters are known at once. */
export const keyOfText = (text: string): string => createHash('md5').update(text).digest('base64');
