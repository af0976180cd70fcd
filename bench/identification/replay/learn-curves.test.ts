import { modelFrom, signNames } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { learnCurves, type World } from './learn-curves.ts';
import { learnModel } from './learn-model.ts';
import { WhorlMatcher } from './whorl-matcher.ts';

const scenario = scenarios['web-mix'];
const world =
  (visitors: number, seed: number): World =>
  () =>
    simulate(scenario, { visitors, seed, days: 60 });

const weights = learnModel(world(600, 1)(), 1);
const knowledge = learnCurves(weights, world(400, 2), [world(400, 2), world(250, 6), world(250, 7)]);

/** How sure links of a fresh world were on average, and how many were right. */
const linksIn = (visits: ReturnType<World>) => {
  const matcher = new WhorlMatcher(modelFrom(knowledge));
  const owners = new Map<number, number>();
  const links = { count: 0, confidence: 0, right: 0 };
  for (const visit of visits) {
    const { id, found, confidence = 0 } = matcher.answer(visit);
    const owner = owners.get(id) ?? visit.browser;
    owners.set(id, owner);
    if (!found) continue;
    links.count++;
    links.confidence += confidence;
    links.right += Number(owner === visit.browser);
  }
  return { count: links.count, confidence: links.confidence / links.count, right: links.right / links.count };
};

describe('learnCurves', () => {
  it('teaches a confidence that holds in a world it has not seen', () => {
    const { count, confidence, right } = linksIn(world(300, 5)());
    expect(count).toBeGreaterThan(500);
    expect(confidence).toBeGreaterThan(0.9);
    expect(Math.abs(confidence - right)).toBeLessThan(0.03);
  });

  it('learns of all together, and apart only of groups that tell enough', () => {
    expect(knowledge.reliability).toHaveProperty('any');
    for (const [group, { parts }] of Object.entries(knowledge.reliability)) {
      expect(parts).toHaveLength(signNames.length);
      expect(knowledge.curves.links[group]?.length).toBeGreaterThan(0);
      expect(knowledge.curves.newcomers[group]?.length).toBeGreaterThan(0);
    }
    expect(knowledge.reliability).not.toHaveProperty('Chrome OS');
  });

  it('leaves the weights as they were', () => {
    expect(knowledge.systems).toBe(weights.systems);
  });
});
