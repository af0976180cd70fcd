import { describe, expect, it } from 'vitest';
import { type Doubt, doubtSuccessor, type ListSize } from './doubt-successor.ts';
import type { ListKind } from './list-source.ts';

const NOW = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;

const size = (rows: number, addresses = rows, sites = 0): ListSize => ({ rows, addresses, sites });
const held = size(2_300, 2_300, 600);

/** Of proxies, which may grow tenfold, unless a test says otherwise. */
const problemOf = (found: ListSize, before: ListSize | null = held, kind: ListKind = 'proxy'): string | undefined =>
  doubtSuccessor(kind, found, before, null, NOW)?.problem;

describe('doubtSuccessor', () => {
  it('believes anything where there was nothing, and lists of about the same size', () => {
    expect(problemOf(size(200_000, 2 ** 25, 2 ** 20), null)).toBeUndefined();
    for (const rows of [1_150, 2_300, 23_000]) expect(problemOf(size(rows, 2_300, 600))).toBeUndefined();
  });

  it('doubts a list of less than half the rows', () => {
    expect(problemOf(size(1_149))).toBe('it has 1149 rows where it had 2300, so it was most likely cut off');
  });

  it('doubts a list of more than ten times the rows, addresses or IPv6 networks', () => {
    expect(problemOf(size(23_001))).toMatch(/^it has 23001 rows where it had 2300, more than/);
    expect(problemOf(size(2_300, 2 ** 24))).toMatch(/^it has 16777216 addresses where it had 2300, more than/);
    expect(problemOf(size(2_300, 2_300, 65_536.4))).toMatch(/^it has 65536 IPv6 networks of \/48 where it had 600/);
  });

  it('lets small lists grow', () => {
    expect(problemOf(size(1_001, 2 ** 16 + 1, 2 ** 12), size(1), 'crawler')).toBeUndefined();
    expect(problemOf(size(1_002, 1_001), size(1), 'crawler')).toMatch(/1002 rows/);
    expect(problemOf(size(100, 2 ** 16 + 2), size(1), 'crawler')).toMatch(/65538 addresses/);
    expect(problemOf(size(100, 100, 2 ** 12 + 1), size(1), 'crawler')).toMatch(/4097 IPv6 networks/);
  });

  it.each<[list: string, kind: ListKind, had: ListSize, row: ListSize]>([
    ['Tor exits', 'tor', size(5_933, 3_230, 0), size(1, 2 ** 20)],
    ['Tor exits, by IPv6', 'tor', size(5_933, 3_230, 0), size(1, 0, 2 ** 16)],
    ['relays', 'relay', size(3_290, 106_589), size(1, 2 ** 20)],
    ['VPN networks', 'publicVpn', size(10_862, 3_144_482), size(1, 2 ** 21)],
    ['servers of one VPN service', 'publicVpn', size(379), size(1, 2 ** 16)],
    ['open proxies', 'proxy', size(941), size(1, 2 ** 16)],
    ['attackers', 'attackSource', size(14_217), size(1, 2 ** 16)],
    ['attackers of mail', 'emailSpam', size(400), size(1, 2 ** 16)],
    ['systems of VPN services', 'vpnAsns', size(15, 3_185_856, 84_774_104), size(1, 1_540_864, 720_897)],
    ['systems of datacenters', 'datacenterAsns', size(906, 378_570_496, 503_000_000), size(1, 34_403_072, 39_062_851)],
  ])('doubts %s with one row more that means a provider’s customers', (_, kind, had, row) => {
    const more = size(had.rows + row.rows, had.addresses + row.addresses, had.sites + row.sites);
    expect(problemOf(more, had, kind)).toMatch(/more than a list grows by at once$/);
    const one = size(had.rows + 1, had.addresses + 1, had.sites);
    expect(problemOf(one, had, kind)).toBeUndefined();
  });

  /** The doubts that looks at these sizes leave, three hours from each other. */
  const looks = (sizes: ListSize[], pause = 3 * HOUR): (Doubt | null)[] => {
    let doubt: Doubt | null = null;
    return sizes.map((found, index) => {
      doubt = doubtSuccessor('proxy', found, held, doubt, NOW + index * pause)?.doubt ?? null;
      return doubt;
    });
  };

  it('believes what stays so for three days', () => {
    const doubts = looks(Array.from({ length: 25 }, (_, index) => size(100_000 + index)));
    expect(doubts.slice(0, 24).map((doubt) => doubt?.since)).toEqual(Array.from({ length: 24 }, () => NOW));
    expect(doubts[24]).toBeNull();
  });

  it('believes nothing by fewer than three looks, however long they lie apart', () => {
    const doubts = looks([size(100_000), size(100_000), size(100_000), size(100_000)], 80 * HOUR);
    expect(doubts.map((doubt) => doubt?.looks)).toEqual([1, 2, undefined, 1]);
    const uncounted = { ...size(100), since: NOW };
    expect(doubtSuccessor('proxy', size(100), held, uncounted, NOW + 80 * HOUR)?.doubt.looks).toBe(2);
  });

  it('begins anew when what comes is of another size, or the clock was wrong', () => {
    const sizes = [size(100_000), size(100), size(100_000), size(240_000)];
    expect(looks(sizes, 80 * HOUR).map((doubt) => doubt?.since)).toEqual(
      sizes.map((_, index) => NOW + index * 80 * HOUR),
    );
    const ahead = { ...size(100), since: NOW + HOUR, looks: 5 };
    expect(doubtSuccessor('proxy', size(100), held, ahead, NOW)?.doubt.since).toBe(NOW);
  });
});
