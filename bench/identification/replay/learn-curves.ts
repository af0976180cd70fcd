import { type Curve, fitCurve, type IdentityModel, type Judged, logOdds } from '@whorl/engine';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { portraitOf, WhorlMatcher } from './whorl-matcher.ts';

const fitAll = (samples: Map<string, Judged[]>): Record<string, Curve> =>
  Object.fromEntries([...samples].map(([os, judged]) => [os, fitCurve(judged)]));

const note = (samples: Map<string, Judged[]>, os: string, judged: Judged): void => {
  const known = samples.get(os);
  if (known === undefined) samples.set(os, [judged]);
  else known.push(judged);
};

/**
 * What scores stand for: the matcher goes through tuning visits blindly, errors and all, and each score is noted with
 * whether it would have been right. The number of the browser serves as the token that tells.
 */
export const learnCurves = (model: IdentityModel, visits: Iterable<SimulatedVisit>): IdentityModel => {
  const matcher = new WhorlMatcher(model, { threshold: 0.9, trust: 0.95 });
  const owners = new Map<number, number>();
  const known = new Set<number>();
  const links = new Map<string, Judged[]>();
  const newcomers = new Map<string, Judged[]>();
  for (const visit of visits) {
    const portrait = portraitOf(visit);
    const { ranked, newcomer, group } = matcher.posterior(portrait);
    const best = ranked[0];
    if (best !== undefined) {
      note(links, group, { score: logOdds(best.share), right: owners.get(best.known.id) === visit.browser });
    }
    note(newcomers, group, { score: logOdds(newcomer), right: !known.has(visit.browser) });
    known.add(visit.browser);
    const { id } = matcher.answer(visit);
    if (!owners.has(id)) owners.set(id, visit.browser);
  }
  return { ...model, curves: { links: fitAll(links), newcomers: fitAll(newcomers) } };
};
