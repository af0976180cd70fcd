import { type GroupName, groupNames, isIn } from './groups.ts';
import type { Answers, Journal } from './journal.ts';
import { type Verdict, verdicts } from './verdicts.ts';

/** Counts of the visits of one group that a matcher is measured by. */
export type Counts = {
  visits: number;
  returning: number;
  /** Of those that return: given an id of their own, and given the first of theirs. */
  recognised: number;
  firstId: number;
  /** Of all: given another browser's id, and given it for the first time. */
  falseMerges: number;
  firstMerges: number;
  /** Very first visits of a browser, and those of them that were given another browser's id. */
  newcomers: number;
  newcomerMerges: number;
};

const noCounts = (): Counts => ({
  visits: 0,
  returning: 0,
  recognised: 0,
  firstId: 0,
  falseMerges: 0,
  firstMerges: 0,
  newcomers: 0,
  newcomerMerges: 0,
});

const add = (counts: Counts, { returning, recognised, firstId, merged, firstMerge }: Verdict): void => {
  counts.visits++;
  counts.returning += Number(returning);
  counts.recognised += Number(recognised);
  counts.firstId += Number(firstId);
  counts.falseMerges += Number(merged);
  counts.firstMerges += Number(firstMerge);
  counts.newcomers += Number(!returning);
  counts.newcomerMerges += Number(merged && !returning);
};

/** Counts by group. `only` picks among the places of the journal. */
export const countsOf = (
  journal: Journal,
  answers: Answers,
  only: (place: number) => boolean = () => true,
): { [Name in GroupName]: Counts } => {
  const counts = Object.fromEntries(groupNames.map((name) => [name, noCounts()])) as { [Name in GroupName]: Counts };
  for (const verdict of verdicts(journal, answers)) {
    if (!answers.measuredAt(verdict.place) || !only(verdict.place)) continue;
    const groups = journal.groups.at(verdict.place);
    for (const name of groupNames) if (isIn(groups, name)) add(counts[name], verdict);
  }
  return counts;
};

/** The same counts as shares; null where there is nothing to divide by, or where only some visits were asked about. */
export type Shares = {
  recognition: number | null;
  /** These two rest on what all earlier visits of a browser were given: of a sample they cannot be told. */
  firstId: number | null;
  firstMerge: number | null;
  /** Of all visits that are measured. */
  falseMerge: number | null;
  /** Of new browsers. */
  newcomerMerge: number | null;
};

/** A share, or null of nothing. */
export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** `asked`: the share of visits that the matcher was asked about. */
export const sharesOf = (counts: Counts, asked = 1): Shares => ({
  recognition: share(counts.recognised, counts.returning),
  firstId: asked < 1 ? null : share(counts.firstId, counts.returning),
  falseMerge: share(counts.falseMerges, counts.visits),
  firstMerge: asked < 1 ? null : share(counts.firstMerges, counts.visits),
  newcomerMerge: share(counts.newcomerMerges, counts.newcomers),
});
