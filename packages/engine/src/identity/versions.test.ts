import { describe, expect, it } from 'vitest';
import { countVersions, readVersions, versionKeys } from './versions.ts';

const WEEK = 7 * 1440;
const visit = { minute: 3_000 * WEEK + 5, kindHash: 7, browserVersion: 156, osVersion: 11 };

const counted = (...visits: (typeof visit)[]) => {
  const counts = new Map<number, number>();
  for (const one of visits)
    for (const { key, by } of countVersions(one, 1)) counts.set(key, (counts.get(key) ?? 0) + by);
  return (key: number) => counts.get(key) ?? 0;
};

describe('how common versions are', () => {
  it('is counted among newcomers of the kind, of the browser and of the system apart', () => {
    const countOf = counted(visit, visit, { ...visit, browserVersion: 150 }, { ...visit, kindHash: 8 });
    const [browser, system] = readVersions(countOf, visit);
    expect(browser).toMatchObject({ count: 2, total: 3 });
    expect(system).toMatchObject({ count: 3, total: 3 });
    expect(readVersions(countOf, { ...visit, browserVersion: 11, osVersion: 156 })[0].count).toBe(0);
  });

  it('is that of this week and the last', () => {
    const countOf = counted(
      visit,
      { ...visit, minute: visit.minute - WEEK },
      { ...visit, minute: visit.minute - 2 * WEEK },
    );
    expect(readVersions(countOf, visit)[0]).toMatchObject({ count: 2, total: 2 });
  });

  it('leaves out what is not shown, and asks for no other keys than it names', () => {
    expect(countVersions({ ...visit, osVersion: 0 }, 1)).toHaveLength(2);
    const asked: number[] = [];
    readVersions((key) => asked.push(key), visit);
    expect(asked.sort()).toEqual(versionKeys(visit).sort());
  });
});
