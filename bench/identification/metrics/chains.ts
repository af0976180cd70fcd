import type { Answers, Journal } from './journal.ts';

/** The visits of one browser that were given one id. */
export type Link = {
  browser: number;
  id: number;
  visits: number;
  /** Unix milliseconds of the first and the last of them. */
  first: number;
  last: number;
  /** The groups of the first of them. */
  groups: number;
};

const PAIR = 2 ** 26;

/** All pairs of a browser and an id that met, with or without a token. */
export const linksOf = (journal: Journal, answers: Answers): Link[] => {
  const links = new Map<number, Link>();
  for (let place = 0; place < journal.length; place++) {
    const browser = journal.browsers.at(place);
    const id = answers.ids.at(place);
    const time = journal.times.at(place);
    const known = links.get(browser * PAIR + id);
    if (known === undefined) {
      const groups = journal.groups.at(place);
      links.set(browser * PAIR + id, { browser, id, visits: 1, first: time, last: time, groups });
    } else {
      known.visits++;
      known.last = time;
    }
  }
  return [...links.values()];
};

/** Adds up by a key. */
export const totals = (links: readonly Link[], keyOf: (link: Link) => number): Map<number, number> => {
  const sums = new Map<number, number>();
  for (const link of links) sums.set(keyOf(link), (sums.get(keyOf(link)) ?? 0) + link.visits);
  return sums;
};
