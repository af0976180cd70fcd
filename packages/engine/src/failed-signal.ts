import type { Signal, SignalData, SignalName } from '@whorl/contract';
import { evidence } from './evidence.ts';
import { neutralData } from './neutral-data.ts';

/** What failed while a visit was judged: a product by its name, or `detector <name>`; and what was thrown. */
export type JudgeFailure = { what: SignalName | 'suspectScore' | `detector ${string}`; reason: unknown };

/** A judgement that did not come about. What was thrown is not in it: it may tell of the server, and events are read by many. */
export const failed = <T>(data: T): Signal<T> => ({
  state: 'unknown',
  confidence: 0,
  data,
  evidence: [evidence('judging it failed', null, 0, 'server')],
  failed: true,
});

/** What `judge` says; where it throws, a failed signal, and the failure is added to `failures`. */
export const guarded = <N extends SignalName>(
  name: N,
  failures: JudgeFailure[],
  judge: () => Signal<SignalData[N]>,
): Signal<SignalData[N]> => {
  try {
    return judge();
  } catch (reason) {
    failures.push({ what: name, reason });
    return failed<SignalData[N]>(neutralData[name]);
  }
};
