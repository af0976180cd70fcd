import { describe, expect, it } from 'vitest';
import { CountedCrowd, portraitShowing } from '../testing/counted-crowd.ts';
import { deviceRarity } from './device-rarity.ts';
import { hashText } from './hash-text.ts';
import { helloKeys, readHello } from './hello-pairs.ts';
import type { Portrait } from './portrait.ts';
import { isPairEvidence, strangePairs } from './strange-pairs.ts';
import { teachNewcomer } from './teach.ts';
import { countsAsked } from './weigh-visit.ts';

const CHROME = 't13d1516h2_8daaf6152771_d8a2da3f94cd';
const FIREFOX = 't13d1717h2_5b57614c22b0_3cbfd9057e0d';

const device = portraitShowing({ gpu: 'UHD 620', cores: '8', language: 'de' });
const chrome: Portrait = { ...device, hello: hashText(CHROME) };
const firefox: Portrait = { ...device, kindHash: hashText('Windows|Firefox'), hello: hashText(FIREFOX) };
const forged: Portrait = { ...firefox, hello: hashText(CHROME) };

const crowd = () => new CountedCrowd().add(900, chrome).add(400, firefox);
const pairsOf = (counted: CountedCrowd, portrait: Portrait, own = 0) =>
  strangePairs(deviceRarity(counted.countOf, portrait, own));

describe('TLS hellos beside their browsers', () => {
  it('finds a hello strange that is common and that nobody has in this browser', () => {
    const found = pairsOf(crowd(), forged);
    expect(found).toEqual([
      expect.objectContaining({
        value: { attribute: 'ja4', beside: ['os', 'browser', 'version'], expected: 276.9 },
        weight: 0.15,
        from: 'store',
      }),
    ]);
    expect(found.every(isPairEvidence)).toBe(true);
  });

  it.each([
    ['the usual hello', chrome],
    ['a hello that is new altogether', { ...firefox, hello: hashText('t13d0000h2_000000000000_000000000000') }],
    ['a version that nobody has come with', { ...forged, browserVersion: 157 }],
    ['a connection whose hello was not read', { ...device, kindHash: firefox.kindHash }],
  ])('finds nothing strange in %s', (_, portrait) => {
    expect(pairsOf(crowd(), portrait)).toEqual([]);
  });

  it('says nothing of visitors who were counted, for they may have been counted with another version', () => {
    expect(pairsOf(crowd().add(1, forged), forged, 1)).toEqual([]);
  });

  it('finds it strange while hardly any have it, and usual from then on', () => {
    // Of 400 Firefox, 277 would have Chromium's hello if a browser had nothing to do with it.
    expect(pairsOf(crowd().add(2, forged), forged)).toHaveLength(1);
    expect(pairsOf(crowd().add(4, forged), forged)).toEqual([]);
  });

  it('finds nothing strange among few', () => {
    expect(pairsOf(new CountedCrowd().add(600, chrome).add(300, firefox), forged)).toEqual([]);
  });

  it('asks for and counts nothing where no hello was read, and for four sums where one was', () => {
    expect(helloKeys(device)).toEqual([]);
    expect(readHello(() => 1, device, 0)).toBeUndefined();
    const [without, having] = [countsAsked(device, []), countsAsked(chrome, [])];
    expect(having.slice(0, without.length)).toEqual(without);
    expect(having.slice(without.length)).toEqual(helloKeys(chrome));
    const taught = teachNewcomer(() => 0, chrome, [], 0.5).filter(({ key }) => helloKeys(chrome).includes(key));
    expect(taught).toEqual(helloKeys(chrome).map((key) => ({ key, by: 0.5 })));
    expect(new Set(helloKeys(chrome)).size).toBe(4);
  });
});
