import { commonnessKeys, countNewcomer, MINUTE, type Raise, teachNewcomer } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { grownBy } from './grown-by.ts';
import { mergeRaises } from './merge-raises.ts';
import { packRaises, takenBack, unpackRaises } from './packed-raises.ts';
import { scopedKey } from './scoped-key.ts';
import { NOON } from './testing/sample-event.ts';
import { SCOPE, samplePortrait } from './testing/sample-portrait.ts';

const portrait = samplePortrait();
const scoped = (raises: readonly Raise[]): Raise[] => raises.map(({ key, by }) => ({ key: scopedKey(SCOPE, key), by }));
const pack = (raises: readonly Raise[]): Uint8Array =>
  packRaises({ raises, portrait, scope: SCOPE }) ?? new Uint8Array();
const again = (raises: readonly Raise[]): Raise[] => mergeRaises(unpackRaises(pack(raises)));

const known = new Set(commonnessKeys(portrait).slice(4));
/** Of some of the values somebody else was the first; two lines were joined. */
const newcomer = scoped(
  teachNewcomer(
    (key) => (known.has(key) ? 3 : 0),
    portrait,
    [
      { key: 2 ** 53 - 1, read: 1 },
      { key: 12, read: 2 },
    ],
    0.123_456_789_012_345_6,
  ),
);

describe('packRaises', () => {
  it('is nothing where nothing was counted', () => {
    expect(packRaises({ raises: [], portrait, scope: SCOPE })).toBeNull();
  });

  it('keeps what a new visitor raised, to the last digit and in a fifth of the room of its keys', () => {
    expect(newcomer.length).toBeGreaterThan(24);
    expect(again(newcomer)).toEqual(mergeRaises(newcomer));
    const whole = scoped(countNewcomer(() => 0, portrait, 1));
    expect(again(whole)).toEqual(mergeRaises(whole));
    const many = samplePortrait();
    many.values.fill(0xffff_ffff);
    const raises = scoped(countNewcomer(() => 0, many, 0.7));
    const packed = packRaises({ raises, portrait: many, scope: SCOPE }) ?? new Uint8Array();
    expect(mergeRaises(unpackRaises(packed))).toEqual(mergeRaises(raises));
    expect(packed.length).toBeLessThan((raises.length * 8) / 5);
  });

  it('keeps what a known visitor raised, whatever the keys, and keys that were raised twice as one', () => {
    const raises = [
      { key: 2 ** 53 - 1, by: 1 },
      { key: 0, by: 1 },
      { key: 7, by: 0.1 },
      { key: 7, by: 0.2 },
      { key: 9, by: 41.5 },
    ];
    expect(again(raises)).toEqual([
      { key: 0, by: 1 },
      { key: 7, by: 0.1 + 0.2 },
      { key: 9, by: 41.5 },
      { key: 2 ** 53 - 1, by: 1 },
    ]);
    expect(pack([{ key: 5, by: 1 }]).length).toBeLessThan(24);
  });

  it('reads what lies anywhere within a buffer', () => {
    const packed = pack(newcomer);
    const within = Buffer.concat([Buffer.from('front'), packed, Buffer.from('back')]).subarray(5, 5 + packed.length);
    expect(unpackRaises(within)).toEqual(unpackRaises(packed));
  });
});

describe('takenBack', () => {
  it('is what was put in, by the weight of each visit', () => {
    const later = NOON + 90 * 24 * 60 * MINUTE;
    const one = pack([{ key: 5, by: 0.5 }]);
    expect(
      takenBack([
        { raises: one, time: NOON + 59_999 },
        { raises: null, time: NOON },
        { raises: one, time: later },
      ]),
    ).toEqual([
      { key: 5, by: -0.5 * grownBy(NOON / MINUTE) },
      { key: 5, by: -0.5 * grownBy(later / MINUTE) },
    ]);
  });
});
