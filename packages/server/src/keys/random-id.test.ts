import { describe, expect, it } from 'vitest';
import { derivedText, randomText } from './random-id.ts';

/** How often each letter comes, as a share of what it would be if all were as likely. */
const shares = (text: string): number[] => {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].map((count) => (count * 62) / text.length);
};

const secret = Buffer.alloc(32, 7);

describe.each([
  ['randomText', randomText],
  ['derivedText', (length: number) => derivedText(length, secret, 'subject')],
])('%s', (_, make) => {
  it.each([0, 1, 20, 33, 1_000])('has %i letters and digits', (length) => {
    expect(make(length)).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
  });

  it('favours no letter', () => {
    // 200,000 letters: 3,226 of each, give or take 57. Bytes taken modulo 62 would give eight letters a quarter more.
    const found = shares(make(200_000));
    expect(found).toHaveLength(62);
    expect(Math.max(...found)).toBeLessThan(1.12);
    expect(Math.min(...found)).toBeGreaterThan(0.88);
  });
});

it('derivedText is the same for the same secret and subject alone', () => {
  const text = derivedText(20, secret, 'a');
  expect(derivedText(20, secret, 'a')).toBe(text);
  expect(derivedText(20, secret, 'b')).not.toBe(text);
  expect(derivedText(20, Buffer.alloc(32, 8), 'a')).not.toBe(text);
  expect(randomText(20)).not.toBe(randomText(20));
});
