import { firstProfile, PROFILE_WORDS } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { packKeys, packProfile, unpackKeys, unpackProfile, unpackProfiles } from './packed-words.ts';
import { samplePortrait } from './testing/sample-portrait.ts';

describe('packProfile', () => {
  it('gives a profile back as it was', () => {
    const profile = firstProfile(samplePortrait());
    expect(unpackProfile(packProfile(profile))).toEqual(profile);
    const full = new Uint32Array(PROFILE_WORDS).map((_, at) => 0xffff_ffff - at);
    expect(unpackProfile(packProfile(full))).toEqual(full);
  });

  it('writes the lowest byte first, and leaves out the zeros at the end', () => {
    const profile = new Uint32Array(PROFILE_WORDS);
    expect(packProfile(profile)).toHaveLength(0);
    profile[1] = 0x01020304;
    expect([...packProfile(profile)]).toEqual([0, 0, 0, 0, 4, 3, 2, 1]);
    expect(unpackProfile(packProfile(profile))).toEqual(profile);
  });

  it('reads bytes wherever they lie, and those of a version with more words', () => {
    const bytes = Buffer.from([9, 1, 0, 0, 0, 2, 0, 0, 0]).subarray(1);
    expect([...unpackProfile(bytes).subarray(0, 3)]).toEqual([1, 2, 0]);
    expect(unpackProfile(bytes)).toHaveLength(PROFILE_WORDS);
    const longer = new Uint32Array(PROFILE_WORDS + 3).fill(7);
    expect(unpackProfile(packProfile(longer))).toEqual(longer);
  });
});

describe('unpackProfiles', () => {
  it('tells where one ends and the next begins', () => {
    const profiles = [
      firstProfile(samplePortrait()),
      new Uint32Array(PROFILE_WORDS),
      firstProfile(samplePortrait({ cores: 2 })),
    ];
    const packed = profiles.map(packProfile);
    expect(
      unpackProfiles(
        Buffer.concat(packed),
        packed.map(({ length }) => length),
      ),
    ).toEqual(profiles);
    expect(unpackProfiles(Buffer.alloc(0), [])).toEqual([]);
  });
});

describe('packKeys', () => {
  it('gives whole numbers up to the largest back as they were', () => {
    for (const keys of [[], [0], [1, 2 ** 32, 2 ** 53 - 1, 2 ** 52 + 1]]) {
      expect(packKeys(keys)).toHaveLength(keys.length * 8);
      expect(unpackKeys(packKeys(keys))).toEqual(keys);
      expect(unpackKeys(Buffer.concat([Buffer.alloc(3), packKeys(keys)]).subarray(3))).toEqual(keys);
    }
  });
});
