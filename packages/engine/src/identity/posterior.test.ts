import type { Components } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { attributeList } from './attributes.ts';
import { keysOf } from './blocking-keys.ts';
import { circumstances, compare, emptyComparison, outcomes, steps } from './compare.ts';
import { fitNovelty } from './fit-novelty.ts';
import { fitReturning } from './fit-returning.ts';
import { chanceOf, countNewcomer, type Frequency, readCommonness } from './frequencies.ts';
import { learnSystem, type SystemModel } from './model.ts';
import { portray } from './portrait.ts';
import { posteriorOf } from './posterior.ts';
import { firstProfile } from './profile.ts';
import { signNames } from './signs.ts';
import { emptyTally, tallyPair, tallyStranger } from './tally.ts';
import { observed } from './testing/observed.ts';
import { readTokenHabit } from './token-habit.ts';
import { countVersions, readVersions } from './versions.ts';

const DAY = 86_400_000;
const place = (name: string): number => attributeList.findIndex((attribute) => attribute.name === name);
const visit = (day: number, changes: Components = {}) => portray(observed(changes), day * DAY);
const zone = (name: string): Components => ({ timezone: { value: name, duration: 1 } });
const redrawn: Components = { canvas: { value: { winding: true, geometry: 'other', text: 'other' }, duration: 1 } };

const novelty = { discount: 0.5, strength: 1 };

/** A model of a world where browsers stay as they are in nineteen of twenty visits. */
const model = (): SystemModel => {
  const tally = emptyTally();
  const compared = emptyComparison();
  const known = firstProfile(visit(0));
  for (let time = 1; time <= 190; time++) {
    compare(visit(time % 20), known, compared);
    tallyPair(tally, compared);
  }
  for (let time = 1; time <= 10; time++) {
    compare(visit(time, { ...zone(`Etc/${time}`), ...redrawn }), known, compared);
    tallyPair(tally, compared);
  }
  compare(visit(1, zone('Asia/Tokyo')), known, compared);
  tallyStranger(tally, compared);
  const each = attributeList.map(() => novelty);
  return learnSystem(
    tally,
    { conditional: each, marginal: each, configuration: novelty, place: novelty },
    { visits: 0.2, days: 10, recency: [] },
  );
};

describe('compare', () => {
  it('tells what agreed, changed, came back, and what is not shown', () => {
    const compared = emptyComparison();
    compare(
      visit(3, { ...zone('Asia/Tokyo'), audio: { absent: true, duration: 1 } }),
      firstProfile(visit(0)),
      compared,
    );
    expect(compared.outcomes[place('gpu')]).toBe(outcomes.agreed);
    expect(compared.outcomes[place('timezone')]).toBe(outcomes.moved);
    expect(compared.outcomes[place('audio')]).toBe(outcomes.hidden);
    expect(compared.circumstances[place('language')]).toBe(circumstances.uprooted);
    expect(compared.circumstances[place('gpu')]).toBe(circumstances.calm);
    expect(compared.span).toBe(2);
    expect(compared.browserStep).toBe(steps.same);
  });

  it('takes a font more for the same list, and another list for a change', () => {
    const compared = emptyComparison();
    const fonts = (value: string[]): Components => ({ fonts: { value, duration: 1 } });
    compare(visit(1, fonts(['Arial', 'Calibri', 'Consolas', 'Segoe UI', 'Futura'])), firstProfile(visit(0)), compared);
    expect(compared.outcomes[place('fonts')]).toBe(outcomes.near);
    compare(visit(1, fonts(['Geneva', 'Futura', 'Optima', 'Didot'])), firstProfile(visit(0)), compared);
    expect(compared.outcomes[place('fonts')]).toBe(outcomes.moved);
  });
});

describe('posteriorOf', () => {
  const learnt = model();
  const answer = (portrait: ReturnType<typeof visit>, profiles: ReturnType<typeof firstProfile>[], unread = 0) => {
    const counts = new Map<number, number>();
    const countOf = (key: number) => counts.get(key) ?? 0;
    const count = (one: ReturnType<typeof visit>) => {
      const raises = [...countNewcomer(countOf, one, 1), ...countVersions(one, 1)];
      for (const { key, by } of raises) counts.set(key, countOf(key) + by);
    };
    for (let other = 0; other < 50; other++) {
      count(visit(0, { ...zone(`Etc/Zone${other}`), fonts: { value: [`Font ${other}`], duration: 1 } }));
    }
    count(visit(0));
    return posteriorOf(
      portrait,
      profiles.map((profile, id) => ({ id, profile })),
      { ...readCommonness(countOf, portrait), versions: readVersions(countOf, portrait) },
      { newPerDay: 5, unread, overflowing: new Set(), tokens: readTokenHabit(countOf, portrait) },
      learnt,
    );
  };
  const sum = ({ ranked, newcomer, unread }: ReturnType<typeof answer>) =>
    ranked.reduce((total, { share }) => total + share, newcomer + unread);

  it('finds who looks the same, and takes who looks otherwise for new', () => {
    const same = answer(visit(2), [firstProfile(visit(0))]);
    expect(same.ranked[0]?.share).toBeGreaterThan(0.95);
    const other = answer(visit(2, { ...zone('Asia/Tokyo'), ...redrawn, fonts: { value: ['Futura'], duration: 1 } }), [
      firstProfile(visit(0)),
    ]);
    expect(other.newcomer).toBeGreaterThan(0.9);
    expect(sum(same)).toBeCloseTo(1, 9);
    expect(sum(other)).toBeCloseTo(1, 9);
  });

  it('cannot tell two clones apart, nor one of those it did not read', () => {
    const clone = firstProfile(visit(0));
    const two = answer(visit(2), [clone, clone]);
    expect(two.ranked[0]?.share).toBeLessThanOrEqual(0.5);
    const crowd = answer(visit(2), [clone, clone], 100);
    expect(crowd.unread).toBeGreaterThan(0.9);
    expect(sum(crowd)).toBeCloseTo(1, 9);
  });

  it('believes a version the more that is the same, the fewer have it', () => {
    const bitsOf = (version: number) => {
      const old = (day: number) => ({ ...visit(day), browserVersion: version });
      return answer(old(2), [firstProfile(old(0))]).ranked[0]?.bits ?? 0;
    };
    expect(bitsOf(7)).toBeGreaterThan(bitsOf(visit(0).browserVersion) + 1);
  });

  it('notes whether who else it may be was seen at the same address: one browser under two ids, or a neighbour', () => {
    const clone = firstProfile(visit(0));
    const elsewhere = firstProfile(portray({ ...observed(), address: '203.0.113.9' }, 0));
    const kinOf = (other: typeof clone) => answer(visit(2), [clone, other]).signs[signNames.indexOf('kin')] ?? 0;
    const othersOf = (other: typeof clone) => answer(visit(2), [clone, other]).signs[signNames.indexOf('others')] ?? 0;
    expect(kinOf(clone)).toBeGreaterThan(kinOf(elsewhere));
    expect(othersOf(clone)).toBeLessThan(othersOf(elsewhere));
  });

  it('answers that a visitor is new where nobody is known', () => {
    const nobody = answer(visit(2), []);
    expect(nobody).toMatchObject({ ranked: [], newcomer: 1, unread: 0 });
  });
});

describe('keysOf', () => {
  const keys = (changes: Components) => new Map(keysOf(visit(0, changes)).map(({ name, key }) => [name, key]));

  it('has a key left that leads to the visitor, whichever attribute has changed', () => {
    const before = keys({});
    const changes: Components[] = [zone('Asia/Tokyo'), redrawn, { fonts: { value: ['Futura'], duration: 1 } }];
    for (const change of changes) {
      const after = keys(change);
      expect([...after].some(([name, key]) => before.get(name) === key)).toBe(true);
    }
  });

  it('gives none for what is not shown', () => {
    expect(keysOf(portray({ ...observed(), components: {}, address: '', network: '' }, 0))).toEqual([]);
  });
});

describe('fitNovelty', () => {
  it('finds that nearly all is new, or nearly nothing', () => {
    const fresh: Frequency[] = Array.from({ length: 200 }, (_, n) => ({ count: 0, total: n + 1, distinct: n + 1 }));
    const usual: Frequency[] = Array.from({ length: 200 }, (_, n) => ({
      count: (n + 1) / 2,
      total: n + 1,
      distinct: 2,
    }));
    const chance = (samples: Frequency[], of: Frequency) => chanceOf(of, fitNovelty(samples), 0);
    const once = { count: 1, total: 200, distinct: 200 };
    expect(chance(fresh, once)).toBeLessThan(0.001);
    expect(chance(usual, { count: 100, total: 200, distinct: 2 })).toBeGreaterThan(0.45);
  });

  it('sums to one over the values seen and those to come', () => {
    const shares = [5, 3, 1, 1].map((count) =>
      chanceOf({ count, total: 10, distinct: 4 }, { discount: 0.4, strength: 3 }, 0),
    );
    const anew = chanceOf({ count: 0, total: 10, distinct: 4 }, { discount: 0.4, strength: 3 }, 1);
    expect(shares.reduce((total, share) => total + share, anew)).toBeCloseTo(1, 12);
  });
});

describe('fitReturning', () => {
  it('expects little of those who came once, and more soon after a visit than long after', () => {
    const once = Array.from({ length: 80 }, (_, n) => ({ days: [n / 4], until: 60 }));
    const often = Array.from({ length: 20 }, (_, n) => ({
      days: Array.from({ length: 20 }, (_, visitAt) => n / 4 + visitAt * 0.3),
      until: 60,
    }));
    const { visits, recency } = fitReturning([...once, ...often]);
    expect(visits).toBeLessThan(0.4);
    expect(recency[0]).toBeGreaterThan(recency[4] ?? 1);
  });
});
