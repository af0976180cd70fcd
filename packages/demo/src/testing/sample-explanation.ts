import type { Evidence, Identity, IdentityExplanation } from '@whorl/contract';
import { sampleEvent } from './sample-event.ts';

const reason = (fact: string, value: Evidence['value'], weight: number): Evidence => ({
  fact,
  value,
  weight,
  from: 'store',
});

/** Reasons as the engine gives them: heaviest first, what is hidden without a weight. */
export const sampleReasons: readonly Evidence[] = [
  reason('address', 'agreed', 11.42),
  reason('clones', null, -9.81),
  reason('canvas', 'agreed', 6.9),
  reason('fonts', 'near', 5.03),
  reason('gpu', 'agreed', 4.4),
  reason('screen', 'moved', -3.37),
  reason('timezone', 'agreed', 3.1),
  reason('returns', null, -2.75),
  reason('language', 'agreed', 2.2),
  reason('versions', { browser: 'next', os: 'same' }, -1.12),
  reason('voices', 'agreed', 0.9),
  reason('network', 'seen', 0.71),
  reason('cores', 'agreed', 0.4),
  reason('privacy', 'agreed', 0.12),
  reason('audio', 'hidden', 0),
  reason('mediaDevices', 'hidden', 0),
];

/** A visitor who was recognised without a token, and could have been another one. */
export const keyExplanation: IdentityExplanation = {
  method: 'key',
  via: 'address',
  foundBy: ['address', 'installation', 'network'],
  reasons: [...sampleReasons],
  margin: 4.6,
  candidates: 5,
  runnersUp: [{ visitorId: 'Rn5up8sT2vWx4yZ6aB3d', score: 0.039 }],
};

/** A new visitor, four times likelier than the nearest one known. */
export const newExplanation: IdentityExplanation = {
  ...keyExplanation,
  method: 'new',
  reasons: [
    reason('clones', null, -7.3),
    reason('canvas', 'agreed', 5.2),
    reason('gpu', 'agreed', 3.1),
    reason('address', 'moved', -3.1),
    reason('fonts', 'near', 2),
    reason('returns', null, -2),
    reason('language', 'agreed', 1.5),
    reason('screen', 'moved', -1.4),
    reason('audio', 'hidden', 0),
  ],
  margin: 2,
  runnersUp: [{ visitorId: 'Rn5up8sT2vWx4yZ6aB3d', score: 0.2 }],
};

/** An identity decision that found a visitor, but for what a test says. */
export const sampleIdentity = (
  explanation: IdentityExplanation,
  changes: Partial<Omit<Identity, 'explanation'>> = {},
): Identity => ({
  ...sampleEvent().identity,
  found: explanation.method !== 'new',
  confidence: 0.97,
  explanation,
  ...changes,
});
