import type { Signal, SignalData, SignalName, Signals, SuspectWeights } from '@whorl/contract';
import type { Facts } from './facts.ts';
import { failed, guarded, type JudgeFailure } from './failed-signal.ts';
import { scoreSuspicion } from './score.ts';
import type { BotDetector, BotFinding } from './signals/bot/detector.ts';
import { notLooked } from './signals/bot/finding.ts';
import { botDetectors } from './signals/bot/registry.ts';
import { type SignalRegistry, signalRegistry } from './signals/registry.ts';
import type { SignalFacts } from './signals/signal-judge.ts';

/** What the engine says of one visit. `failures` belong in a log: each is a mistake in a judge. */
export type Judgement = { signals: Signals; suspectScore: Signal<{ result: number }>; failures: JudgeFailure[] };

/** What a workspace may choose: points of the score, and judges in place of the usual ones. */
export type JudgeOptions = {
  weights?: SuspectWeights;
  registry?: SignalRegistry;
  detectors?: Readonly<Record<string, BotDetector>>;
};

const judgeOne = <N extends SignalName>(
  registry: SignalRegistry,
  name: N,
  facts: SignalFacts,
  failures: JudgeFailure[],
): Signal<SignalData[N]> => guarded(name, failures, () => registry[name](facts));

/** A detector that fails has not looked; the others can still tell a bot. */
const detect = (name: string, detector: BotDetector, facts: Facts, failures: JudgeFailure[]): BotFinding => {
  try {
    return detector(facts);
  } catch (reason) {
    failures.push({ what: `detector ${name}`, reason });
    return notLooked(name);
  }
};

const score = (signals: Signals, weights: SuspectWeights | undefined, failures: JudgeFailure[]) => {
  try {
    return scoreSuspicion(signals, weights);
  } catch (reason) {
    failures.push({ what: 'suspectScore', reason });
    return failed({ result: 0 });
  }
};

/**
 * Judges a visit: the bot detectors once, every product by its judge, then the score. Pure: the same facts give the
 * same judgement. What is missing makes a product `unknown`. Each product stands alone: a judge that throws, which for facts
 * whose components passed their schemas none should, makes its own product `failed` and is named in `failures`.
 */
export const judge = (facts: Facts, options: JudgeOptions = {}): Judgement => {
  const { weights, registry = signalRegistry, detectors = botDetectors } = options;
  const failures: JudgeFailure[] = [];
  const automation = Object.entries(detectors).map(([name, detector]) => detect(name, detector, facts, failures));
  const found: SignalFacts = { ...facts, automation };
  const names = Object.keys(registry) as SignalName[];
  // The cast restores what fromEntries loses: one entry for each name of the registry, of that name's type.
  const signals = Object.fromEntries(names.map((name) => [name, judgeOne(registry, name, found, failures)])) as Signals;
  return { signals, suspectScore: score(signals, weights, failures), failures };
};
