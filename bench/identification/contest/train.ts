import type { IdentityModel } from '@whorl/engine';
import { learnCurves } from '../replay/learn-curves.ts';
import { learnModel } from '../replay/learn-model.ts';
import { type Scenario, tuningSeeds } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';

/**
 * What Whorl has learnt before a contest: weights from one world and curves of confidence from another, both of the same scenario
 * and of tuning seeds. `visitors`: how many browsers each world has.
 */
export const train = (
  scenario: Scenario,
  days: number,
  visitors: { weights: number; curves: number },
): IdentityModel => {
  const [seed, other] = tuningSeeds;
  const model = learnModel(simulate(scenario, { visitors: visitors.weights, seed, days }), seed);
  return learnCurves(model, simulate(scenario, { visitors: visitors.curves, seed: other, days }));
};
