import { strangersPerReturn } from './arrivals.ts';
import type { BlindCase } from './experience.ts';
import type { CountOf } from './frequencies.ts';
import type { Candidate } from './identity.ts';
import type { Line } from './lines.ts';
import { linkScoreOf, newcomerScoreOf } from './link.ts';
import type { IdentityModel } from './model.ts';
import type { Portrait } from './portrait.ts';
import type { Known, Posterior } from './posterior.ts';
import { weighVisit } from './weigh-visit.ts';

type Field = { candidates: readonly Candidate[]; lines: readonly Line[]; countOf: CountOf };

const casesOf = (
  posterior: Posterior<string>,
  truth: string | null,
  weight: number,
  model: IdentityModel,
): BlindCase[] => {
  const { group, ranked } = posterior;
  const best = ranked[0];
  const newcomer: BlindCase = {
    kind: 'newcomers',
    group,
    score: newcomerScoreOf(posterior),
    right: truth === null,
    weight,
  };
  if (best === undefined) return [newcomer];
  return [
    { kind: 'links', group, score: linkScoreOf(posterior, model), right: best.known.id === truth, weight },
    newcomer,
  ];
};

/**
 * What the matcher would have said of a visit whose token tells whose it is, had it brought none: once as it is, and once with
 * that visitor left out, as a stranger of the same looks would come. Without the second no stranger were ever seen, and
 * every score would look surer than it is. A stranger counts for as many as there are for each return without a token.
 *
 * @param truth the visitor that the token names
 */
export const replayBlindly = (
  portrait: Portrait,
  { candidates, lines, countOf }: Field,
  truth: string,
  model: IdentityModel,
): BlindCase[] => {
  const known: Known<string>[] = candidates.map(({ visitorId, profile, foundBy }) => ({
    id: visitorId,
    profile,
    foundBy,
  }));
  const weigh = (among: Known<string>[]) => weighVisit(portrait, { candidates: among, lines }, countOf, model);
  const strangers = strangersPerReturn(countOf, portrait.minute);
  return [
    ...casesOf(weigh(known), truth, 1, model),
    ...casesOf(weigh(known.filter(({ id }) => id !== truth)), null, strangers, model),
  ];
};
