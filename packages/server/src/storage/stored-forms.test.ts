import { createHash } from 'node:crypto';
import { attributeNames, commonnessKeys, firstProfile, keysOf, type Portrait } from '@whorl/engine';
import { describe, expect, it } from 'vitest';

/** A visit that shows something of each of the first 37 attributes, whatever is added later. */
const portrait: Portrait = {
  minute: 29_000_000,
  kind: 'Linux|Chrome',
  kindHash: 0x1234_5678,
  os: 'Linux',
  osHash: 0x8765_4321,
  isPrivate: false,
  values: Uint32Array.from(attributeNames, (_, at) => (at < 37 ? 0xdead_0000 + at : 0)),
  fonts: Uint32Array.of(1, 2, 3, 4),
  browserVersion: 156 * 2 ** 20,
  osVersion: 12 * 2 ** 20,
  texts: {},
};

const digest = (numbers: Iterable<number>): string =>
  createHash('sha256')
    .update([...numbers].join())
    .digest('hex');

// What these name lies in databases, and is found or taken back by being made anew. A change here loses it without a word:
// give what is stored a migration, or the new form another subject.
describe('stored forms', () => {
  it('of counts: keys of all that a visit shows, in their order', () => {
    expect(digest(commonnessKeys(portrait))).toBe('00922f88a2f55b50167d1720711fd466c822a370fff2f9a96dce8b8cb60b85b8');
  });

  it('of blocking keys', () => {
    const keys = keysOf(portrait);
    // In the order of their numbers, which is not that in which they are followed.
    const numbered = ['configuration', 'address', 'installation', 'drawing', 'machine', 'network', 'habits'];
    expect(digest(numbered.map((name) => keys.find((key) => key.name === name)?.key ?? 0))).toBe(
      '3bd441d0c0bda757b95df87003f7857dbe543d6bbcb4bb5933f113565d709484',
    );
    expect(keys.find(({ name }) => name === 'twins')?.key).toBe(4490501270359905);
  });

  it('of profiles: what was there keeps its place', () => {
    expect(digest(firstProfile(portrait).subarray(0, 89))).toBe(
      '9f66c7832fb7315e51a4dcb434a81cfe99b211f2b6796dd2a20bd90f8c116464',
    );
  });
});
