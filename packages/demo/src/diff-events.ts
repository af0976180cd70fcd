import type { Event, SignalName, Signals } from '@whorl/contract';

/** What a later reading of the same event shows that the earlier did not. */
export type EventChanges = {
  signals: SignalName[];
  attributes: string[];
  score: boolean;
  /** One sentence a change, for the status line and for screen readers. */
  sentences: string[];
};

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** Compares two readings of one event. `titleOf` names a signal in the sentences. */
export const diffEvents = (before: Event, after: Event, titleOf: (name: SignalName) => string): EventChanges => {
  const names = Object.keys(after.signals) as SignalName[];
  const signals = names.filter((name) => differs(before.signals[name], after.signals[name]));
  const attributes = Object.keys(after.attributes).filter((name) =>
    differs(before.attributes[name], after.attributes[name]),
  );
  const score = before.suspectScore.data.result !== after.suspectScore.data.result;
  const sentences = signals.map((name) => changeOf(titleOf(name), before.signals[name], after.signals[name]));
  if (score) sentences.push(`Suspect score: ${before.suspectScore.data.result} → ${after.suspectScore.data.result}.`);
  return { signals, attributes, score, sentences };
};

const changeOf = (title: string, before: Signals[SignalName] | undefined, after: Signals[SignalName]): string => {
  if (before?.state === after.state) return `${title}: still ${after.state}, with new evidence.`;
  return `${title}: ${before?.state ?? 'unknown'} → ${after.state}.`;
};
