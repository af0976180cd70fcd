import { describe, expect, it } from 'vitest';
import { jsonTokens } from './json-tokens.ts';

const value = { text: 'a "quoted": {true} 12', list: [1, -2.5e-7, null, true, false], '': {} };

describe('jsonTokens', () => {
  it('loses nothing', () => {
    const json = JSON.stringify(value, null, 2);
    expect(
      jsonTokens(json)
        .map(({ text }) => text)
        .join(''),
    ).toBe(json);
    expect(jsonTokens('')).toEqual([]);
  });

  it('tells keys, strings, numbers and words apart, whatever stands inside a string', () => {
    const kinds = (wanted: string): string[] =>
      jsonTokens(JSON.stringify(value)).flatMap(({ kind, text }) => (kind === wanted ? [text] : []));
    expect(kinds('key')).toEqual(['"text"', '"list"', '""']);
    expect(kinds('string')).toEqual([JSON.stringify(value.text)]);
    expect(kinds('number')).toEqual(['1', '-2.5e-7']);
    expect(kinds('word')).toEqual(['null', 'true', 'false']);
  });
});
