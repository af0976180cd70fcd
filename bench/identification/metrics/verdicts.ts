import type { Answers, Journal } from './journal.ts';

/** What is to be said of one answer. */
export type Verdict = {
  /** The visit's place in the journal. */
  place: number;
  /** Whether the browser was there before. */
  returning: boolean;
  /** Whether it got an id whose first visit was its own. */
  recognised: boolean;
  /** Whether it got the very first id that it was ever given. */
  firstId: boolean;
  /** Whether it got an id whose first visit was another browser's. */
  merged: boolean;
  /** Of these, whether it got that id for the first time: the wrong decision itself, not what follows from it. */
  firstMerge: boolean;
  /** Whether the answer was right: a link to an id of its own, or a new id at its very first visit. */
  right: boolean;
};

/** Pairs of a browser and an id in one whole number: both below 2^26. */
const PAIR = 2 ** 26;

/** Goes through the answers in order of time and says of each what it is. Visits that are not measured are told of as well. */
export function* verdicts(journal: Journal, answers: Answers): Generator<Verdict> {
  const owners = new Map<number, number>();
  const firstIds = new Map<number, number>();
  const merges = new Set<number>();
  for (let place = 0; place < journal.length; place++) {
    const browser = journal.browsers.at(place);
    const id = answers.ids.at(place);
    const found = answers.foundAt(place);
    // The told oracle knows a browser whom it took for another at first, by an id that nobody was given yet: its own.
    const owner = owners.get(id) ?? (found ? browser : undefined);
    const first = firstIds.get(browser);
    const returning = first !== undefined;
    const merged = owner !== undefined && owner !== browser;
    const firstMerge = merged && !merges.has(browser * PAIR + id);
    if (merged) merges.add(browser * PAIR + id);
    if (!owners.has(id)) owners.set(id, browser);
    if (!returning) firstIds.set(browser, id);
    const recognised = returning && found && owner === browser;
    const right = found ? owner === browser : !returning;
    yield { place, returning, recognised, firstId: recognised && first === id, merged, firstMerge, right };
  }
}
