import { type IdentityKnowledge, type IdentityModel, modelFrom } from '@whorl/engine';
import { learnCurves, type World } from '../replay/learn-curves.ts';
import { learnModel } from '../replay/learn-model.ts';
import { reportSeeds, type Scenario, tuningSeeds } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { type Progress, watched } from './watched.ts';

/** Whom to tell how far each part is. */
type ProgressOf = (part: string) => Progress;
const toNobody: ProgressOf = () => () => undefined;

/**
 * Browsers of the sites that are learnt from beside the large one, in turns: young ones, where everything looks rare, and many
 * more fleets of clones than one large site has. No site has more than its part of those that are left.
 */
const SITES = [60, 150, 400, 1_000, 2_500, 6_000];
const PART = 0.4;
const SMALLEST = Math.min(...SITES);

/** Sites that have `browsers` together; their seeds lie between those for tuning by hand and those of the report. */
const sitesOf = (browsers: number): { size: number; seed: number }[] => {
  const sites: { size: number; seed: number }[] = [];
  let left = browsers;
  for (let seed = Math.max(...tuningSeeds) + 1; left >= SMALLEST && seed < Math.min(...reportSeeds); seed++) {
    const size = Math.min(SITES[seed % SITES.length] ?? left, Math.max(SMALLEST, Math.floor(left * PART)));
    sites.push({ size, seed });
    left -= size;
  }
  return sites;
};

/**
 * What Whorl has learnt before a contest: weights from one world, and how far it is to be believed from others: a large one, and
 * sites of many sizes that are as large together, all of the same scenario and of seeds for tuning. `visitors`: how many
 * browsers the world for weights has, and the large one.
 */
export const learn = (
  scenario: Scenario,
  days: number,
  visitors: { weights: number; curves: number },
  progressOf: ProgressOf = toNobody,
): IdentityKnowledge => {
  const world =
    (part: string, count: number, seed: number): World =>
    () =>
      watched(simulate(scenario, { visitors: count, seed, days }), days, progressOf(part));
  const [first, second] = tuningSeeds;
  const half = Math.ceil(visitors.curves / 2);
  const knowledge = learnModel(world('learning weights', visitors.weights, first)(), first);
  return learnCurves(knowledge, world('a first look', half, second), [
    world('learning confidence', visitors.curves, second),
    ...sitesOf(visitors.curves).map(({ size, seed }) => world(`learning confidence, ${size} browsers`, size, seed)),
  ]);
};

/** A matcher's model of what {@link learn} teaches. */
export const train = (...how: Parameters<typeof learn>): IdentityModel => modelFrom(learn(...how));
