import { expect, it } from 'vitest';
import { isWellFormed } from './is-well-formed.ts';

it.each(['', 'order 7', 'caf\u00e9', '\u{1f600}', '\0', '\ufffd'])('isWellFormed: %j is', (text) => {
  expect(isWellFormed(text)).toBe(true);
});

it.each(['\ud800', '\udc00', 'a\ud83d', '\ude00\ud83d'])('isWellFormed: %j is not', (text) => {
  expect(isWellFormed(text)).toBe(false);
});
