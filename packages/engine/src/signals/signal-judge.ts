import type { Evidence, Signal, SignalData, SignalName } from '@whorl/contract';
import type { Facts } from '../facts.ts';
import type { BotFinding } from './bot/detector.ts';

/** What a signal is judged from: the facts, and the findings of the bot detectors, which several signals share. */
export type SignalFacts = Facts & { automation: BotFinding[] };

/** Judges one product. Pure; never throws for any facts that the contract lets through. */
export type SignalJudge<N extends SignalName> = (facts: SignalFacts) => Signal<SignalData[N]>;

/** A signal whose evidence was seen. */
export const detected = <T>(data: T, confidence: number, evidence: Evidence[]): Signal<T> => ({
  state: 'detected',
  confidence,
  data,
  evidence,
});

/** A signal whose evidence was looked at and found harmless. */
export const clear = <T>(data: T, confidence: number, evidence: Evidence[]): Signal<T> => ({
  state: 'clear',
  confidence,
  data,
  evidence,
});

/** A signal whose evidence is missing; `evidence` says what is missing. */
export const unknown = <T>(data: T, evidence: Evidence[]): Signal<T> => ({
  state: 'unknown',
  confidence: 0,
  data,
  evidence,
});
