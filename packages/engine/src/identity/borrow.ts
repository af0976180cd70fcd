import { type Attribute, type AttributeName, attributeList, attributeNames } from './attributes.ts';
import { OUTCOMES, outcomes } from './compare.ts';
import type { Novelty } from './frequencies.ts';
import { pairCell, type SystemTally } from './tally.ts';

/** How values of an attribute come up, among those with the same parents and among all. */
type Novelties = { conditional: Novelty[]; marginal: Novelty[] };

/** Places of attributes that may borrow, and of those that they are like. */
const borrowers = attributeList.flatMap(({ like }: Attribute, at) =>
  like === undefined ? [] : [{ at, from: attributeNames.indexOf(like as AttributeName) }],
);

const pairsOf = ({ pairs }: SystemTally, at: number): Float64Array =>
  pairs.subarray(pairCell(at, 0, 0), pairCell(at + 1, 0, 0));

/** Whether the attribute was never shown on both sides of a comparison. */
const isUnlearnt = (tally: SystemTally, at: number): boolean =>
  pairsOf(tally, at).every((count, cell) => count === 0 || cell % OUTCOMES === outcomes.hidden);

/**
 * What was learnt of a system, where each attribute that nothing was learnt of behaves as the one that it is like. Without,
 * each outcome of it would be as likely as any other, and agreeing would speak against a visitor.
 */
export const borrow = <N extends Novelties>(tally: SystemTally, novelty: N): { tally: SystemTally; novelty: N } => {
  const missing = borrowers.filter(({ at }) => isUnlearnt(tally, at));
  const pairs = tally.pairs.slice();
  const strangers = tally.strangers.slice();
  const [conditional, marginal] = [[...novelty.conditional], [...novelty.marginal]];
  for (const { at, from } of missing) {
    pairs.set(pairsOf(tally, from), pairCell(at, 0, 0));
    strangers.set(tally.strangers.subarray(from * OUTCOMES, (from + 1) * OUTCOMES), at * OUTCOMES);
    const [own, all] = [novelty.conditional[from], novelty.marginal[from]];
    if (own !== undefined) conditional[at] = own;
    if (all !== undefined) marginal[at] = all;
  }
  return { tally: { ...tally, pairs, strangers }, novelty: { ...novelty, conditional, marginal } };
};
