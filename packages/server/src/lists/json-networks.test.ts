import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { JsonNetworks } from './json-networks.ts';
import { ListRefusal } from './list-refusal.ts';

/** The networks in a text that comes in pieces of so many characters. */
const networksIn = (text: string, size = 3, longest = 100): string[] => {
  const found: string[] = [];
  const reader = new JsonNetworks((network) => found.push(network), longest);
  for (let at = 0; at < text.length; at += size) reader.take(text.slice(at, at + size));
  reader.end();
  return found;
};

/** The same by a parser that takes the whole text. */
const walk = (value: unknown, depth = 1): string[] => {
  if (typeof value !== 'object' || value === null || depth > 9) return [];
  if (Array.isArray(value)) return value.flatMap((item) => walk(item, depth + 1));
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'string' && ['prefix', 'cidr', 'ip_prefix'].includes(key) ? [item] : walk(item, depth + 1),
  );
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const documents = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'large', maxDepth: 12 },
    fc.constantFrom(null, true, false, 0, -1.5e-7, 12, '', '192.0.2.0/24', 'quo"te \\ ü \u2028 \n'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('prefix', 'cidr', 'ip_prefix', 'a', '\u00fc"'), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('JsonNetworks', () => {
  it('finds what a parser of the whole finds, however the text is cut', () => {
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 40 }), fc.nat(3), (value, size, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(networksIn(text, size, 10_000)).toEqual(walk(value));
      }),
      { numRuns: 500 },
    );
  });

  it('takes for JSON what is, and nothing else', () => {
    const change = fc.tuple(
      fc.nat(),
      fc.constantFrom('', ',', '}', ']', '{', '[', '"', ':', '0', '-', 'e', '\\', ' ', 'tru'),
    );
    fc.assert(
      fc.property(documents, change, fc.nat(2), (value, [place, insert], cut) => {
        const text = JSON.stringify(value);
        const at = place % (text.length + 1);
        const changed = text.slice(0, at) + insert + text.slice(at + cut);
        if (isJson(changed)) expect(() => networksIn(changed, 3, 10_000)).not.toThrow();
        else expect(() => networksIn(changed, 3, 10_000)).toThrow(SyntaxError);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads escapes in keys and networks', () => {
    expect(networksIn(String.raw`{"pre\u0066ix":"192.0.2.0\/24"}`)).toEqual(['192.0.2.0/24']);
  });

  it('refuses what no list is', () => {
    expect(() => networksIn(`["${'x'.repeat(101)}"]`)).toThrow(ListRefusal);
    expect(() => networksIn(`["${'x'.repeat(100)}`)).toThrow(SyntaxError);
    expect(() => networksIn('['.repeat(257))).toThrow(ListRefusal);
    expect(() => networksIn('[1,'.padEnd(400, '@'))).toThrow(SyntaxError);
  });
});

describe('the work that a text makes', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** How many characters the reader has looked at for each one of the text: those of tokens, and those in which it found none. */
  const looksAt = (text: string, size = 1_024): number => {
    let looks = 0;
    const exec = RegExp.prototype.exec;
    vi.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, given: string) {
      const from = this.lastIndex;
      const found = exec.call(this, given);
      looks += found === null ? given.length - from : found[0].length;
      return found;
    });
    try {
      networksIn(text, size, 256);
    } catch (error) {
      if (!(error instanceof ListRefusal) && !(error instanceof SyntaxError)) throw error;
    } finally {
      vi.restoreAllMocks();
    }
    return looks / text.length;
  };

  const LENGTH = 300_000;
  const fill = (unit: string): string => unit.repeat(LENGTH / unit.length);
  const spaced = fill(' \n\t\r');

  it.each([
    ['white space and no end', `[${spaced}`],
    ['white space before a number', `[${spaced}1]`],
    ['white space before everything', `${spaced}[]`],
    ['white space behind everything', `[]${spaced}`],
    ['white space between tokens', `[${fill(`1,${' '.repeat(2_998)}`)}1]`],
    ['one text of backslashes', `["${fill(String.raw`\\`)}"]`],
    ['texts of backslashes', `[${fill(`"${String.raw`\\`.repeat(127)}",`)}1]`],
    ['one number', `[${fill('1')}]`],
    ['numbers', `[${fill(`${'1'.repeat(249)},`)}1]`],
    ['open arrays', fill('[')],
    ['open objects', fill('{"a":')],
    ['empty arrays', `[${fill('[],')}[]]`],
    ['quotes', fill('"')],
  ])('is about that of reading it once: %s', (_, text) => {
    expect(looksAt(text)).toBeLessThan(2.5);
  });
});
