import type { IdentityModel } from '@whorl/engine';
import { CookieMatcher } from '../baselines/cookie-matcher.ts';
import { EckersleyMatcher } from '../baselines/eckersley-matcher.ts';
import { fingerprintJsHash } from '../baselines/fingerprintjs-hash.ts';
import { FpStalkerMatcher } from '../baselines/fp-stalker-matcher.ts';
import { HashMatcher } from '../baselines/hash-matcher.ts';
import { type Answer, type Matcher, seenOf } from '../baselines/matcher.ts';
import { thumbmarkHash } from '../baselines/thumbmark-hash.ts';
import { Oracle, type OracleOptions } from '../oracle/oracle.ts';
import type { Scenario } from '../scenario.ts';
import type { SimulatedVisit, SimulationOptions } from '../visits/simulated-visit.ts';
import { WhorlContestant } from './whorl-contestant.ts';

/** Thresholds of the product: the default, and `strict`. */
export const THRESHOLDS = { default: 0.8, strict: 0.95 } as const;

/** All that answer, in the order of the table, and what they are called there. */
export const contestantNames = {
  whorl: 'Whorl',
  'whorl-strict': 'Whorl, strict (.95)',
  'whorl-tokens': 'Whorl, with tokens',
  'whorl-unlearning': 'Whorl, with tokens, as shipped',
  cookie: 'cookie only, over all visits',
  fpjs: 'FingerprintJS v5 hash',
  thumbmark: 'Thumbmark-style hash',
  eckersley: "Eckersley's heuristic",
  'fp-stalker': 'FP-Stalker, rules',
  'oracle-alone': 'oracle, on its own links',
  oracle: 'oracle, told afterwards',
  'oracle-tokens': 'oracle, with tokens',
} as const;
export type ContestantName = keyof typeof contestantNames;

/** One that takes part in a replay. */
export type Contestant = {
  name: ContestantName;
  /** Whether it is handed the tokens that browsers kept. */
  tokens: boolean;
  /** Whether its visits with tokens are measured too: of one that knows nothing else. */
  all?: boolean;
  answer: (visit: SimulatedVisit, token?: number) => Answer;
};

/** What contestants are made of. `model` is made when the first asks for it. */
export type World = SimulationOptions & {
  scenario: Scenario;
  /** Links must be as sure as `strict` asks, of whoever weighs. */
  strict: boolean;
  /** The share of visits that the told oracle is asked about, 0..1. */
  oracleSample: number;
  /** Hand tokens to all but the oracles, which are the ceiling of what can be told without. */
  tokens: boolean;
  model: () => IdentityModel;
};

/** A matcher that sees what a server sees and nothing else. */
const blind = (name: ContestantName, matcher: Matcher, tokens: boolean): Contestant => ({
  name,
  tokens,
  answer: (visit, token) => matcher.answer(seenOf(visit), token),
});

const oracle = (
  name: ContestantName,
  world: World,
  { memory, tokens = false }: Pick<OracleOptions, 'memory' | 'tokens'>,
): Contestant => {
  const { visitors, days, seed, strict, oracleSample: share } = world;
  const threshold = THRESHOLDS[strict ? 'strict' : 'default'];
  const isSampled = memory === 'told' && share < 1;
  const sample = isSampled ? { sample: { share, seed } } : {};
  const all = new Oracle(world.scenario, { visitors, days, threshold, memory, tokens, ...sample });
  return { name, tokens, answer: (visit, token) => all.answer(visit, token !== undefined) };
};

/** A fresh contestant. */
export const enter = (name: ContestantName, world: World): Contestant => {
  const { tokens, strict, model } = world;
  const hash = (hashOf: ConstructorParameters<typeof HashMatcher>[0]) => blind(name, new HashMatcher(hashOf), tokens);
  const usual = THRESHOLDS[strict ? 'strict' : 'default'];
  const whorl = (threshold: number, withTokens: boolean, learns = withTokens) =>
    blind(name, new WhorlContestant(model(), { threshold, learns }), withTokens);
  const enterers: { [Name in ContestantName]: () => Contestant } = {
    whorl: () => whorl(usual, tokens),
    'whorl-strict': () => whorl(THRESHOLDS.strict, tokens),
    'whorl-tokens': () => whorl(usual, true),
    'whorl-unlearning': () => whorl(usual, true, false),
    cookie: () => ({ ...blind(name, new CookieMatcher(), true), all: true }),
    fpjs: () => hash(fingerprintJsHash),
    thumbmark: () => hash(thumbmarkHash),
    eckersley: () => blind(name, new EckersleyMatcher(), tokens),
    'fp-stalker': () => blind(name, new FpStalkerMatcher(), tokens),
    'oracle-alone': () => oracle(name, world, { memory: 'alone' }),
    oracle: () => oracle(name, world, { memory: 'told' }),
    'oracle-tokens': () => oracle(name, world, { memory: 'told', tokens: true }),
  };
  return enterers[name]();
};
