import { describe, expect, it } from 'vitest';
import { type Doubt, doubtSuccessor, type ListSize } from './doubt-successor.ts';

const NOW = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;

const size = (rows: number, addresses = rows, sites = 0): ListSize => ({ rows, addresses, sites });
const held = size(2_300, 2_300, 600);

const problemOf = (found: ListSize, before: ListSize | null = held): string | undefined =>
  doubtSuccessor(found, before, null, NOW)?.problem;

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
    expect(problemOf(size(1_000, 2 ** 20, 2 ** 12), size(1))).toBeUndefined();
    expect(problemOf(size(1_001, 1_001), size(3))).toMatch(/1001 rows/);
    expect(problemOf(size(100, 2 ** 20 + 1), size(3))).toMatch(/1048577 addresses/);
  });

  /** The doubts that looks at these sizes leave, three hours from each other. */
  const looks = (sizes: ListSize[], pause = 3 * HOUR): (Doubt | null)[] => {
    let doubt: Doubt | null = null;
    return sizes.map((found, index) => {
      doubt = doubtSuccessor(found, held, doubt, NOW + index * pause)?.doubt ?? null;
      return doubt;
    });
  };

  it('believes what stays so for three days', () => {
    const doubts = looks(Array.from({ length: 25 }, (_, index) => size(100_000 + index)));
    expect(doubts.slice(0, 24).map((doubt) => doubt?.since)).toEqual(Array.from({ length: 24 }, () => NOW));
    expect(doubts[24]).toBeNull();
  });

  it('begins anew when what comes is of another size, or the clock was wrong', () => {
    const sizes = [size(100_000), size(100), size(100_000), size(240_000)];
    expect(looks(sizes, 80 * HOUR).map((doubt) => doubt?.since)).toEqual(
      sizes.map((_, index) => NOW + index * 80 * HOUR),
    );
    const ahead = { ...size(100), since: NOW + HOUR };
    expect(doubtSuccessor(size(100), held, ahead, NOW)?.doubt.since).toBe(NOW);
  });
});
