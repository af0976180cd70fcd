import { listLimits, ROWS_STEP } from './list-limits.ts';
import type { LoadedRows } from './list-rows.ts';
import type { ListKind } from './list-source.ts';

/** How much a list says: rows, IPv4 addresses and IPv6 networks of /48, each as {@link LoadedRows} counts them. */
export type ListSize = Pick<LoadedRows, 'rows' | 'addresses' | 'sites'>;

/** A list that is not believed yet: since when it comes so (unix milliseconds), how large it was then, and how many looks have found it so, where that was counted. */
export type Doubt = ListSize & { since: number; looks?: number };

/** Milliseconds after which what still comes so is believed. */
export const TRUST_AFTER = 3 * 24 * 60 * 60_000;

/** And looks that have found it so by then: looks that fail say nothing, and two that agree may be of two bad hours. */
const LEAST_LOOKS = 3;

/** The successor of a list has at least this share of its rows, or was most likely cut off. */
const LEAST_SHARE = 1 / 2;

/** A doubted list that differs by more than this factor from what it first was is another one, and doubted anew. */
const ALIKE = 2;

const measures = [
  ['rows', 'rows'],
  ['addresses', 'addresses'],
  ['sites', 'IPv6 networks of /48'],
] as const satisfies [keyof ListSize, string][];

/** What is odd about the size of a list after the one that is held, as a part of a sentence about "it"; null where nothing is. */
const oddityOf = (kind: ListKind, found: ListSize, held: ListSize): string | null => {
  if (found.rows < held.rows * LEAST_SHARE) {
    return `it has ${found.rows} rows where it had ${held.rows}, so it was most likely cut off`;
  }
  const { times, step } = listLimits[kind];
  const steps: ListSize = { rows: ROWS_STEP, ...step };
  for (const [measure, words] of measures) {
    const most = Math.max(held[measure] * times, held[measure] + steps[measure]);
    if (found[measure] <= most) continue;
    const [now, before] = [found, held].map((size) => Math.round(size[measure]));
    return `it has ${now} ${words} where it had ${before}, more than a list grows by at once`;
  }
  return null;
};

const areAlike = (a: ListSize, b: ListSize): boolean =>
  measures.every(([measure]) => a[measure] <= b[measure] * ALIKE && b[measure] <= a[measure] * ALIKE);

/**
 * Whether a list that came may take the place of the one that is held. One that is suddenly much shorter or much larger is
 * doubted; it is believed when it has come so, give or take a factor of two, for three days and at three looks. Null where it may; otherwise the
 * reason, and the doubt to be kept until the next look.
 *
 * @param held the list that is held; null where there is none, and anything may come
 * @param doubt what was kept of the look before; null where nothing was doubted
 */
export const doubtSuccessor = (
  kind: ListKind,
  found: ListSize,
  held: ListSize | null,
  doubt: Doubt | null,
  now: number,
): { problem: string; doubt: Doubt } | null => {
  const problem = held === null ? null : oddityOf(kind, found, held);
  if (problem === null) return null;
  const { rows, addresses, sites } = found;
  const same = doubt !== null && doubt.since <= now && areAlike(found, doubt) ? doubt : null;
  if (same === null) return { problem, doubt: { since: now, looks: 1, rows, addresses, sites } };
  const looks = (same.looks ?? 1) + 1;
  if (looks >= LEAST_LOOKS && now - same.since >= TRUST_AFTER) return null;
  return { problem, doubt: { ...same, looks } };
};
