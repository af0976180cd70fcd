import { calibrated } from './calibrate.ts';
import type { BlindCase } from './experience.ts';
import type { CountOf } from './frequencies.ts';
import type { Candidate } from './identity.ts';
import type { Line } from './lines.ts';
import { linkScoreOf, newcomerScoreOf } from './link.ts';
import { ANY, type IdentityModel } from './model.ts';
import type { Portrait } from './portrait.ts';
import type { Known, Posterior } from './posterior.ts';
import { firstMinuteOf, lastMinuteOf, type Profile } from './profile.ts';
import { missedPerBrought, readTokenHabit } from './token-habit.ts';
import { weighVisit } from './weigh-visit.ts';

/** Of so many visits with a followed token, one is replayed as if it had brought none. */
const REPLAYED = 8;

/** Replays of one visitor lie so far apart, in minutes: half a day, so that nobody teaches much alone. */
const APART = 720;

/**
 * Whether a visit whose token was followed is to be replayed. `profile`: what was known of its visitor before; `draw`: a whole
 * number from 0, drawn evenly, which the client must not be able to choose.
 */
export const isReplayed = ({ minute }: Portrait, profile: Profile, draw: number): boolean =>
  minute - lastMinuteOf(profile) >= APART && draw % REPLAYED === 0;

type Field = { candidates: readonly Candidate[]; lines: readonly Line[]; countOf: CountOf };
type Truth = { visitorId: string; profile: Profile };
type Replay = { posterior: Posterior<string>; truth: Truth | null; weight: number };

/** How sure the matcher is of its best candidate. */
const confidenceOf = ({ group, ranked }: Posterior<string>, score: number, { curves: { links } }: IdentityModel) =>
  calibrated(links[group] ?? links[ANY], score, ranked[0]?.share ?? 0);

/**
 * What is to be noted of one replay; a stranger's where there is no `truth`. Another best candidate may be the visitor all the same,
 * under an id that it was given in a private window, or had before it lost its token. Nobody can tell but by the score: so far as
 * the matcher believes it, such a case is left as it is believed. Of one who returns that can only be somebody last seen before its
 * present id was made: for its id of today there is the token.
 */
const casesOf = ({ posterior, truth, weight }: Replay, model: IdentityModel): BlindCase[] => {
  const { group, ranked } = posterior;
  const best = ranked[0]?.known;
  const newcomer = { kind: 'newcomers', group, score: newcomerScoreOf(posterior) } as const;
  const outcome = truth === null ? 'stranger' : 'wrong';
  if (best === undefined) return [{ ...newcomer, outcome, weight }];
  const link = { kind: 'links', group, score: linkScoreOf(posterior, model) } as const;
  const confidence = confidenceOf(posterior, link.score, model);
  if (truth === null) {
    const others = weight * (1 - confidence);
    return [link, newcomer].map((one) => ({ ...one, outcome, weight: others }));
  }
  const wasLeft = lastMinuteOf(best.profile) <= firstMinuteOf(truth.profile);
  const right = best.id === truth.visitorId ? 1 : wasLeft ? confidence : 0;
  const cases: BlindCase[] = [
    { ...link, outcome: 'right', weight: weight * right },
    { ...link, outcome: 'wrong', weight: weight * (1 - right) },
    { ...newcomer, outcome, weight },
  ];
  return cases.filter((one) => one.weight > 0);
};

/**
 * What the matcher would have said of a visit whose token tells whose it is, had it brought none: once as it is, and once with
 * that visitor left out, as a stranger of the same looks would come. Without the second no stranger were ever seen, and
 * every score would look surer than it is. Who always brings its token is seldom met without: a visit counts for as many as
 * come without a token when this one brings it, and not at all where that cannot be told.
 *
 * @param truth the visitor that the token names, as it was known before
 */
export const replayBlindly = (
  portrait: Portrait,
  { candidates, lines, countOf }: Field,
  truth: Truth,
  model: IdentityModel,
): BlindCase[] => {
  const weight = missedPerBrought(portrait, truth.profile, readTokenHabit(countOf, portrait));
  if (weight === 0) return [];
  const known: Known<string>[] = candidates.map(({ visitorId: id, profile, foundBy }) => ({ id, profile, foundBy }));
  const others = known.filter(({ id }) => id !== truth.visitorId);
  const weigh = (among: Known<string>[]) => weighVisit(portrait, { candidates: among, lines }, countOf, model);
  return [
    ...casesOf({ posterior: weigh(known), truth, weight }, model),
    ...casesOf({ posterior: weigh(others), truth: null, weight }, model),
  ];
};
