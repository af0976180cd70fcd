import type { Link } from './chains.ts';
import { share } from './counts.ts';
import { type GroupName, isIn } from './groups.ts';

/**
 * How long browsers are followed, as FP-Stalker measures it (Vastel et al., 2018): a chain is the visits that were given one
 * id, a browser's time in it the days from its first to its last visit there.
 */
export type Durations = {
  /** Days, on average over the browsers that came at least twice: the longest time in one chain, and the mean of its chains. */
  longestDays: number | null;
  meanDays: number | null;
  /** Days from first to last visit, on average over the same browsers: what a perfect matcher reaches. */
  possibleDays: number | null;
  /** The share of a chain's visits that are of the browser with most of them, on average over all chains. */
  ownership: number | null;
};

const DAY = 86_400_000;

type Followed = { visits: number; chains: number; sum: number; longest: number; first: number; last: number };

const follow = (before: Followed | undefined, { first, last, visits }: Link): Followed => {
  const days = (last - first) / DAY;
  if (before === undefined) return { visits, chains: 1, sum: days, longest: days, first, last };
  return {
    visits: before.visits + visits,
    chains: before.chains + 1,
    sum: before.sum + days,
    longest: Math.max(before.longest, days),
    first: Math.min(before.first, first),
    last: Math.max(before.last, last),
  };
};

const ownershipOf = (links: readonly Link[], group: GroupName): number | null => {
  const chains = new Map<number, { visits: number; most: number; counts: boolean }>();
  for (const { id, visits, groups } of links) {
    const chain = chains.get(id) ?? { visits: 0, most: 0, counts: false };
    chain.visits += visits;
    // A chain counts for the group of its owner.
    if (visits > chain.most) chain.counts = isIn(groups, group);
    chain.most = Math.max(chain.most, visits);
    chains.set(id, chain);
  }
  const counted = [...chains.values()].filter(({ counts }) => counts);
  return share(
    counted.reduce((sum, { most, visits }) => sum + most / visits, 0),
    counted.length,
  );
};

export const durationsOf = (links: readonly Link[], group: GroupName): Durations => {
  const browsers = new Map<number, Followed>();
  for (const link of links) {
    if (isIn(link.groups, group)) browsers.set(link.browser, follow(browsers.get(link.browser), link));
  }
  const back = [...browsers.values()].filter(({ visits }) => visits > 1);
  const mean = (of: (followed: Followed) => number) =>
    share(
      back.reduce((sum, followed) => sum + of(followed), 0),
      back.length,
    );
  return {
    longestDays: mean(({ longest }) => longest),
    meanDays: mean(({ sum, chains }) => sum / chains),
    possibleDays: mean(({ first, last }) => (last - first) / DAY),
    ownership: ownershipOf(links, group),
  };
};
