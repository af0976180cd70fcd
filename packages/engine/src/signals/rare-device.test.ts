import { describe, expect, it } from 'vitest';
import type { Facts } from '../facts.ts';
import { type DeviceRarity, deviceRarity } from '../identity/device-rarity.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { CountedCrowd, portraitShowing } from '../testing/counted-crowd.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { emptyVisit, factsOf } from '../testing/facts-builder.ts';

const usual = portraitShowing({ gpu: 'UHD 620', cores: '8' });
const odd = portraitShowing({ gpu: 'Voodoo 2', cores: '3', memory: '0.5' });
const crowd = new CountedCrowd().add(2_000, usual);

const ranked = (rarity: DeviceRarity): Facts => factsOf(chromiumLinux, { rarity });
const among = (visitors: number, asRare: number, changes: Partial<DeviceRarity> = {}): Facts =>
  ranked({ ranked: visitors, asRare, bits: 40, alike: 3, known: false, rarest: [], strangers: [], ...changes });

describeSignal('rareDevice', {
  fires: {
    'a device as nobody has': ranked(deviceRarity(crowd.countOf, odd, 0)),
    'one of the rarest thousandth': among(10_000, 9),
    'the rarest one when it comes again': among(1_000, 1, { known: true, alike: 0 }),
  },
  quiet: {
    'a device as all have': ranked(deviceRarity(crowd.countOf, usual, 0)),
    'one in fifty': among(10_000, 200),
    'one of many clones that nobody else is like': among(1_000, 0, { alike: 200 }),
  },
  lacks: {
    'a visit that showed too little to be counted': emptyVisit,
    'a site with too few visitors': among(999, 0),
    'an app': { ...among(10_000, 1), platform: 'ios' },
  },
});

describe('judgeRareDevice', () => {
  it.each([
    [9, 'p99.9+'],
    [10, 'p99.5-p99.9'],
    [49, 'p99.5-p99.9'],
    [50, 'p99-p99.5'],
    [99, 'p99-p99.5'],
    [100, 'p95-p99'],
    [499, 'p95-p99'],
    [501, '<p95'],
  ])('with %i of 10,000 at least as rare says %s', (asRare, percentileBucket) => {
    expect(judged('rareDevice', among(9_999, asRare)).data).toEqual({ percentileBucket });
  });

  it('says not seen only of a new visitor whom nobody counted is like', () => {
    expect(judged('rareDevice', among(5_000, 0, { alike: 0 })).data.percentileBucket).toBe('not_seen');
    expect(judged('rareDevice', among(5_000, 0, { alike: 1 })).data.percentileBucket).toBe('p99.9+');
    expect(judged('rareDevice', among(5_000, 0, { alike: 0, known: true })).data.percentileBucket).toBe('p99.9+');
  });

  it('names what makes the device rare, and how many it was ranked among', () => {
    const { evidence } = judged('rareDevice', ranked(deviceRarity(crowd.countOf, odd, 0)));
    expect(evidence).toContainEqual(
      expect.objectContaining({
        fact: 'one of its rarest values',
        value: expect.objectContaining({ attribute: 'gpu', seen: 0, among: 2_000 }),
      }),
    );
    expect(evidence).toContainEqual(
      expect.objectContaining({ fact: 'visitors that it is ranked among', value: 1_750 }),
    );
  });

  it('is surer among many', () => {
    const [few, many] = [among(1_000, 100), among(20_000, 2_000)].map(
      (facts) => judged('rareDevice', facts).confidence,
    );
    expect(many).toBeGreaterThan(few ?? 1);
  });
});
