import { evidence } from '../evidence.ts';
import type { ReplayFacts } from '../facts.ts';
import { clear, detected, type SignalJudge } from './signal-judge.ts';

/**
 * What each outcome of the check means, and how sure it is that someone sent an observation again. The agent takes a
 * fresh nonce whenever its own is old, so an expired one is a late copy; a network that repeats a request could spend a
 * nonce twice without ill will.
 */
const meanings: Record<Exclude<ReplayFacts['outcome'], 'ok'>, { fact: string; confidence: number }> = {
  'nonce-reused': { fact: 'nonce was used before', confidence: 0.95 },
  'nonce-forged': { fact: 'nonce was not made by this server', confidence: 0.95 },
  'nonce-expired': { fact: 'nonce is older than an agent would use', confidence: 0.8 },
  'body-seen': { fact: 'same observation came before', confidence: 0.95 },
};

/** Whether this observation is a copy of an earlier one or was made without an agent's start. */
export const judgeReplayed: SignalJudge<'replayed'> = ({ replay }) => {
  const age = evidence('age of the nonce (ms)', replay.nonceAge, 0, 'headers');
  if (replay.outcome === 'ok') {
    return clear({}, 0.95, [evidence('nonce is fresh and used for the first time', true, -0.9, 'store'), age]);
  }
  const { fact, confidence } = meanings[replay.outcome];
  return detected({}, confidence, [evidence(fact, replay.outcome, confidence, 'store'), age]);
};
