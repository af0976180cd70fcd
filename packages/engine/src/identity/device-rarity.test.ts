import { describe, expect, it } from 'vitest';
import { CountedCrowd, portraitShowing } from '../testing/counted-crowd.ts';
import { deviceRarity, LEAST_RANKED } from './device-rarity.ts';
import { isPairEvidence, strangePairs } from './strange-pairs.ts';

const office = portraitShowing({ gpu: 'UHD 620', cores: '8', language: 'de' });
const gamer = portraitShowing({ gpu: 'RTX 4090', cores: '16', language: 'en' });

describe('deviceRarity', () => {
  const crowd = new CountedCrowd().add(800, office).add(600, gamer);

  it('names the rarest values first, and a few of them', () => {
    const { rarest, ranked, known } = deviceRarity(
      crowd.countOf,
      portraitShowing({ gpu: 'UHD 620', cores: '3', language: 'de', memory: '8' }),
      0,
    );
    expect(rarest.map(({ attribute }) => attribute)).toEqual(['cores', 'memory', 'gpu']);
    expect([ranked, known]).toEqual([1_150, false]);
  });

  it('finds values that are common each and come together nowhere', () => {
    const made = portraitShowing({ gpu: 'UHD 620', cores: '16', language: 'de' });
    const pairs = strangePairs(deviceRarity(crowd.countOf, made, 0));
    expect(pairs).toEqual([
      expect.objectContaining({
        value: { attribute: 'cores', beside: ['device', 'gpu'], expected: 342.9 },
        weight: 0.15,
        from: 'store',
      }),
    ]);
    expect(pairs.every(isPairEvidence)).toBe(true);
  });

  it.each([
    ['a value that is new altogether', { gpu: 'UHD 620', cores: '3', language: 'de' }],
    ['what people mix', { gpu: 'UHD 620', cores: '8', language: 'en' }],
    ['what others have', { gpu: 'RTX 4090', cores: '16', language: 'en' }],
    ['what is hidden', { gpu: 'UHD 620', language: 'de' }],
  ])('finds nothing strange in %s', (_, shown) => {
    expect(deviceRarity(crowd.countOf, portraitShowing(shown), 0).strangers).toEqual([]);
  });

  it('finds nothing strange among few', () => {
    const few = new CountedCrowd().add(700, office).add(LEAST_RANKED + 249 - 700, gamer);
    const made = portraitShowing({ gpu: 'UHD 620', cores: '16', language: 'de' });
    expect(deviceRarity(few.countOf, made, 0).strangers).toEqual([]);
    expect(deviceRarity(few.add(1, gamer).countOf, made, 0).strangers).toHaveLength(1);
  });

  it('still finds the pair strange when its visitor comes again, and no longer when another has it', () => {
    const made = portraitShowing({ gpu: 'UHD 620', cores: '16', language: 'de' });
    const own = new CountedCrowd().add(800, office).add(600, gamer).add(1, made);
    expect(deviceRarity(own.countOf, made, 1).strangers).toHaveLength(1);
    expect(deviceRarity(own.countOf, made, 0).strangers).toEqual([]);
  });
});
