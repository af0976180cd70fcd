import type { Components } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { attributeList, attributeNames } from './attributes.ts';
import { commonnessKeys, configurationOf, countChanges, countNewcomer, readCommonness } from './frequencies.ts';
import { hashText, joinHashes } from './hash-text.ts';
import { type Portrait, portray } from './portrait.ts';
import {
  countEarlier,
  firstProfile,
  lastValue,
  nextProfile,
  sharesValue,
  tokensOf,
  visitsOf,
  wasSeenEarlier,
} from './profile.ts';
import { observed } from './testing/observed.ts';

const DAY = 86_400_000;
const at = (name: (typeof attributeNames)[number]): number => attributeNames.indexOf(name);

/** Counts in memory, as a store keeps them. */
const counting = () => {
  const counts = new Map<number, number>();
  return {
    countOf: (key: number) => counts.get(key) ?? 0,
    raise: (raises: { key: number; by: number }[]) => {
      for (const { key, by } of raises) counts.set(key, (counts.get(key) ?? 0) + by);
    },
  };
};

describe('attributes', () => {
  it('stand after those that they hang on', () => {
    attributeList.forEach(({ parentsAt, parents }, place) => {
      expect(parentsAt).toHaveLength(parents.length);
      for (const parentAt of parentsAt) expect(parentAt).toBeGreaterThanOrEqual(0);
      for (const parentAt of parentsAt) expect(parentAt).toBeLessThan(place);
    });
  });
});

describe('portray', () => {
  it('tells values apart and leaves out what was not shown', () => {
    const one = portray(observed(), 5 * DAY);
    const other = portray(observed({ timezone: { value: 'Asia/Tokyo', duration: 1 } }), 5 * DAY);
    expect(one.minute).toBe(5 * 1440);
    expect(one.values[at('timezone')]).not.toBe(other.values[at('timezone')]);
    expect(one.values[at('gpu')]).toBe(other.values[at('gpu')]);
    const blank = portray({ ...observed(), components: {}, address: '', network: '' }, 0);
    expect(blank.values.filter((value) => value !== 0)).toHaveLength(1);
    expect(Object.keys(blank.texts)).toEqual(['device']);
  });

  it('leaves out what the browser randomises', () => {
    const noised: Components = {
      canvas: { value: { winding: true, geometry: 'a', text: 'b' }, duration: 1, noised: true },
    };
    expect(portray(observed(noised), 0).values[at('canvas')]).toBe(0);
  });

  it('takes an IPv6 home for one address, whatever its last half', () => {
    const address = (text: string) => portray({ ...observed(), address: text }, 0).values[at('address')];
    expect(address('2001:db8:1:2::1')).toBe(address('2001:db8:1:2:ffff::9'));
    expect(address('2001:db8:1:3::1')).not.toBe(address('2001:db8:1:2::1'));
    expect(address('not an address')).toBe(0);
  });
});

describe('versions', () => {
  it('that no browser has are no negative numbers: they agree with themselves', () => {
    const odd = { ...observed(), browser: { ...observed().browser, browserMajorVersion: '-5.0' } };
    const portrait = portray(odd, DAY);
    expect(portrait.browserVersion).toBe(0);
    expect(firstProfile(portrait).every((word) => word >= 0)).toBe(true);
  });
});

describe('a profile', () => {
  const visit = (changes: Components, time: number): Portrait => portray(observed(changes), time);
  const zone = (name: string): Components => ({ timezone: { value: name, duration: 1 } });

  it('remembers earlier values of what alternates, the latest first, and forgets the oldest', () => {
    let profile = firstProfile(visit(zone('Europe/Berlin'), DAY));
    for (const [at, name] of ['Asia/Tokyo', 'Asia/Seoul', 'Europe/Berlin', 'Asia/Dubai'].entries()) {
      profile = nextProfile(profile, visit(zone(name), (at + 2) * DAY));
    }
    const seen = (name: string) => wasSeenEarlier(profile, at('timezone'), hashText(JSON.stringify(name)));
    expect(lastValue(profile, at('timezone'))).toBe(hashText(JSON.stringify('Asia/Dubai')));
    expect([seen('Europe/Berlin'), seen('Asia/Seoul'), seen('Asia/Tokyo')]).toEqual([true, true, false]);
    expect(countEarlier(profile, at('timezone'))).toBe(2);
    expect(visitsOf(profile)).toBe(5);
  });

  it('tells whether two visitors were ever seen in one place', () => {
    const zones = (...names: string[]) => {
      const [first = '', ...later] = names;
      const known = firstProfile(visit(zone(first), DAY));
      return later.reduce((profile, name) => nextProfile(profile, visit(zone(name), 2 * DAY)), known);
    };
    const traveller = zones('Europe/Berlin', 'Asia/Tokyo', 'Asia/Seoul');
    const shared = (other: string[]) => sharesValue(traveller, zones(...other), at('timezone'));
    expect(shared(['Asia/Seoul'])).toBe(true);
    expect(shared(['Asia/Tokyo', 'America/Lima'])).toBe(true);
    expect(shared(['America/Lima'])).toBe(false);
    expect(sharesValue(traveller, firstProfile(portray({ ...observed(), components: {} }, DAY)), at('timezone'))).toBe(
      false,
    );
  });

  it('takes pages within half an hour of each other for one visit, however long it lasts', () => {
    let profile = firstProfile(visit({}, DAY));
    const page = (minute: number, name: string) => {
      profile = nextProfile(profile, visit(zone(name), DAY + minute * 60_000), true);
      return [visitsOf(profile), tokensOf(profile)];
    };
    expect(page(20, 'Asia/Tokyo')).toEqual([1, 0]);
    expect(page(40, 'Asia/Tokyo')).toEqual([1, 0]);
    expect(page(10, 'Asia/Seoul')).toEqual([1, 0]);
    expect(lastValue(profile, at('timezone'))).toBe(hashText(JSON.stringify('Asia/Seoul')));
    expect(page(70, 'Asia/Tokyo')).toEqual([2, 1]);
  });

  it('keeps what a visit does not show, and leaves the given one alone', () => {
    const known = firstProfile(visit({}, DAY));
    const copy = known.slice();
    const blank = portray({ ...observed(), components: {} }, 3 * DAY);
    const next = nextProfile(known, blank);
    expect(lastValue(next, at('gpu'))).toBe(lastValue(known, at('gpu')));
    expect(known).toEqual(copy);
  });
});

describe('counts', () => {
  it('tell how many visitors share a value, and count nobody twice', () => {
    const { countOf, raise } = counting();
    const one = portray(observed(), 0);
    const tokyo = portray(observed({ timezone: { value: 'Asia/Tokyo', duration: 1 } }), 0);
    raise(countNewcomer(countOf, one, 1));
    raise(countNewcomer(countOf, one, 1));
    raise(countNewcomer(countOf, tokyo, 0.5));
    const { conditional, configuration, place, kind } = readCommonness(countOf, one);
    expect(conditional[at('timezone')]).toEqual({ count: 2, total: 2.5, distinct: 1.5 });
    expect(configuration).toEqual({ count: 2.5, total: 2.5, distinct: 1 });
    expect(place).toEqual(configuration);
    expect(kind).toEqual({ count: 2.5, total: 2.5, distinct: 1 });
    raise(countChanges(countOf, tokyo, firstProfile(one)));
    expect(readCommonness(countOf, tokyo).conditional[at('timezone')]).toEqual({
      count: 1.5,
      total: 3.5,
      distinct: 1.5,
    });
    expect(countChanges(countOf, one, firstProfile(one))).toEqual([]);
  });

  it('are asked for by keys that can be fetched beforehand', () => {
    const portrait = portray(observed(), 0);
    const keys = new Set(commonnessKeys(portrait));
    const asked: number[] = [];
    readCommonness((key) => {
      asked.push(key);
      return 0;
    }, portrait);
    expect(asked.every((key) => keys.has(key))).toBe(true);
    expect(asked.every(Number.isSafeInteger)).toBe(true);
  });

  it('take a change of place for the same configuration, and another drawing for another', () => {
    const configuration = (changes: Components) => configurationOf(portray(observed(changes), 0));
    expect(configuration({ timezone: { value: 'Asia/Tokyo', duration: 1 } })).toBe(configuration({}));
    expect(configuration({ canvas: { value: { winding: true, geometry: 'x', text: 'y' }, duration: 1 } })).not.toBe(
      configuration({}),
    );
  });
});

describe('joinHashes', () => {
  it('gives whole numbers that a number holds, and differs with every part', () => {
    const keys = new Set<number>();
    for (let a = 0; a < 20; a++)
      for (let b = 0; b < 20; b++) for (let c = 0; c < 20; c++) keys.add(joinHashes(a, b, c));
    expect(keys.size).toBe(8_000);
    expect(Math.max(...keys)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });
});
