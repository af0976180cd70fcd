import type { Evidence, Signal, SignalName, SignalState, Signals } from '@whorl/contract';

/** One signal with its name, whatever its data. */
export type NamedSignal = { name: SignalName; signal: Signal<object> };

/** Products of apps on phones: a browser cannot have them, and its events say so with `clear`. */
const ofPhones: ReadonlySet<SignalName> = new Set<SignalName>([
  'rootApps',
  'emulator',
  'clonedApp',
  'factoryReset',
  'jailbroken',
  'frida',
  'locationSpoofing',
  'mitmAttack',
  'proximity',
]);

/** Whether a signal belongs to apps on phones, and never to a browser. */
export const isOfPhones = ({ name }: NamedSignal): boolean => ofPhones.has(name);

/** Signals by state, in the order in which the page shows the states. */
export type SignalGroups = { [S in SignalState]: NamedSignal[] };

// These two tell rather than accuse: where an address is and how often it came is no alarm by being known.
const tellings: ReadonlySet<SignalName> = new Set<SignalName>(['ipInfo', 'velocity']);

/**
 * Sorts the verdicts of an event by state. `ipInfo` and `velocity`, which have sections of their own, are left out.
 * Within `detected` the surest comes first; the other groups keep the registry's order.
 */
export const groupSignals = (signals: Signals): SignalGroups => {
  const groups: SignalGroups = { detected: [], clear: [], unknown: [] };
  for (const [name, signal] of Object.entries(signals) as [SignalName, Signal<object>][]) {
    if (!tellings.has(name)) groups[signal.state].push({ name, signal });
  }
  // Array.prototype.sort is stable, so equals keep the registry's order.
  groups.detected.sort((a, b) => b.signal.confidence - a.signal.confidence);
  return groups;
};

/** Evidence with the heaviest first, whichever way it speaks; context (weight 0) last. Equals keep their order. */
export const orderEvidence = (evidence: readonly Evidence[]): Evidence[] =>
  [...evidence].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));

/**
 * The piece of evidence that a signal is summed up by: the heaviest, but for an unknown the last piece of context, where
 * judges write down what they lacked.
 */
export const leadingEvidence = ({ state, evidence }: Signal<object>): Evidence | undefined => {
  const reason = state === 'unknown' ? evidence.findLast(({ weight }) => weight === 0) : undefined;
  return reason ?? orderEvidence(evidence)[0];
};
