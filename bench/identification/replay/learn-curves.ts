import {
  ANY,
  type Curve,
  fitCurve,
  fitReliability,
  type IdentityKnowledge,
  type IdentityModel,
  type Judged,
  type LinkOptions,
  modelFrom,
  newcomerScoreOf,
  reliabilityScore,
  type SignedCase,
} from '@whorl/engine';
import { TokenJar } from '../contest/token-jar.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { defaultLinkOptions, portraitOf, WhorlMatcher } from './whorl-matcher.ts';

/** What was seen of one calibration group. */
type Cases = { links: SignedCase[]; newcomers: Judged[] };
type CasesByGroup = Map<string, Cases>;

/** A world to learn from: its visits, from the beginning, as often as they are asked for. */
export type World = () => Iterable<SimulatedVisit>;

/** Cases of links that a group needs, and of them right and wrong ones, to be fitted apart from all others. */
const FEWEST = 1_500;
const FEWEST_OF_EACH = 40;

/** Before there are curves, only links that look sure are made, and fewer of them teach. */
const CAREFUL: LinkOptions = { threshold: 0.9, trust: 0.95 };

const casesOf = (groups: CasesByGroup, group: string): Cases => {
  const known = groups.get(group) ?? { links: [], newcomers: [] };
  groups.set(group, known);
  return known;
};

/**
 * Goes through a world as the matcher would, errors and all, and notes how each score would have fared. The number of the
 * browser serves as the token that tells. `tokens`: whether browsers are also given tokens and bring them: who comes without
 * is then another than where nobody has any.
 */
const goThrough = (
  world: World,
  model: IdentityModel,
  options: LinkOptions,
  tokens: boolean,
  groups: CasesByGroup,
): void => {
  const matcher = new WhorlMatcher(model, options);
  const jar = new TokenJar();
  const owners = new Map<number, number>();
  const known = new Set<number>();
  for (const visit of world()) {
    const portrait = portraitOf(visit);
    const token = tokens ? jar.broughtBy(visit) : undefined;
    if (token === undefined) {
      const posterior = matcher.posterior(portrait);
      const best = posterior.ranked[0];
      const cases = casesOf(groups, posterior.group);
      if (best !== undefined) {
        cases.links.push({ signs: posterior.signs, right: owners.get(best.known.id) === visit.browser });
      }
      cases.newcomers.push({ score: newcomerScoreOf(posterior), right: !known.has(visit.browser) });
      const answer = matcher.settle(portrait, posterior);
      if (!owners.has(answer.id)) owners.set(answer.id, visit.browser);
      jar.leave(visit, answer);
    } else {
      matcher.follow(token, portrait);
      jar.leave(visit, { id: token, found: true });
    }
    known.add(visit.browser);
  }
};

/** Whether there is enough of either kind to tell a group from all others. */
const isEnough = ({ links }: Cases): boolean => {
  const right = links.filter((one) => one.right).length;
  return links.length >= FEWEST && right >= FEWEST_OF_EACH && links.length - right >= FEWEST_OF_EACH;
};

const fit = (knowledge: IdentityKnowledge, groups: CasesByGroup): IdentityKnowledge => {
  const all = [...groups.values()];
  const any: Cases = { links: all.flatMap(({ links }) => links), newcomers: all.flatMap(({ newcomers }) => newcomers) };
  const reliability: IdentityKnowledge['reliability'] = {};
  const links: Record<string, Curve> = {};
  const newcomers: Record<string, Curve> = {};
  for (const [group, cases] of [...groups, [ANY, any] as const]) {
    if (group !== ANY && !isEnough(cases)) continue;
    const fitted = fitReliability(cases.links);
    reliability[group] = fitted;
    links[group] = fitCurve(cases.links.map(({ signs, right }) => ({ score: reliabilityScore(fitted, signs), right })));
    newcomers[group] = fitCurve(cases.newcomers);
  }
  return { ...knowledge, reliability, curves: { links, newcomers } };
};

/**
 * How far links are to be believed and what scores stand for. Twice: first by what a careful matcher without curves would
 * have seen in `first`, then by what the matcher sees that has learnt so much, in all `worlds`, with tokens and without.
 */
export const learnCurves = (
  knowledge: IdentityKnowledge,
  first: World,
  worlds: readonly World[],
): IdentityKnowledge => {
  const begun: CasesByGroup = new Map();
  goThrough(first, modelFrom(knowledge), CAREFUL, false, begun);
  const model = modelFrom(fit(knowledge, begun));
  const groups: CasesByGroup = new Map();
  for (const world of worlds) {
    for (const tokens of [false, true]) goThrough(world, model, defaultLinkOptions, tokens, groups);
  }
  return fit(knowledge, groups);
};
