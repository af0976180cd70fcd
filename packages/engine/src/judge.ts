import type { Signal, SignalData, SignalName, Signals } from '@whorl/contract';
import type { Facts } from './facts.ts';
import { type SuspectWeights, scoreSuspicion } from './score.ts';
import type { BotDetector } from './signals/bot/detector.ts';
import { botDetectors } from './signals/bot/registry.ts';
import { type SignalRegistry, signalRegistry } from './signals/registry.ts';
import type { SignalFacts } from './signals/signal-judge.ts';

/** What the engine says of one visit. */
export type Judgement = { signals: Signals; suspectScore: Signal<{ result: number }> };

/** What a workspace may choose: points of the score, and judges in place of the usual ones. */
export type JudgeOptions = { weights?: SuspectWeights; registry?: SignalRegistry };

const detectors: BotDetector[] = Object.values(botDetectors);

const judgeOne = <N extends SignalName>(registry: SignalRegistry, name: N, facts: SignalFacts): Signal<SignalData[N]> =>
  registry[name](facts);

/**
 * Judges a visit: the bot detectors once, every product by its judge, then the score. Pure: the same facts give the
 * same judgement. Never throws for facts whose components passed their schemas; what is missing makes a product
 * `unknown`, and each product stands alone.
 */
export const judge = (facts: Facts, options: JudgeOptions = {}): Judgement => {
  const { weights, registry = signalRegistry } = options;
  const found: SignalFacts = { ...facts, automation: detectors.map((detect) => detect(facts)) };
  const names = Object.keys(registry) as SignalName[];
  // The cast restores what fromEntries loses: one entry for each name of the registry, of that name's type.
  const signals = Object.fromEntries(names.map((name) => [name, judgeOne(registry, name, found)])) as Signals;
  return { signals, suspectScore: scoreSuspicion(signals, weights) };
};
