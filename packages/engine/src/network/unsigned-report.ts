import type { Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import type { Facts } from '../facts.ts';

/**
 * Enough for a verdict of tampering by itself, because whoever runs the app has said that all its reports are signed; not
 * more, because an installation from before the app signed looks the same.
 */
const WEIGHT = 0.6;

const FACT = 'report lacks a valid signature of the app, which its public key requires';

/** Whether a piece of evidence is one of these. */
const isUnsignedEvidence = ({ fact }: Evidence): boolean => fact === FACT;

type Signed = Pick<Facts, 'signatureRequired' | 'reportSignature'>;

/**
 * That a report was not made by the app, where it had to be signed and is not: it was written by somebody who has the public
 * key alone, or was changed on the way. A wrong signature counts as none, or anything in its place would do.
 */
export const unsignedReport = ({ signatureRequired, reportSignature = 'missing' }: Signed): Evidence[] =>
  signatureRequired === true && reportSignature !== 'valid'
    ? [evidence(FACT, reportSignature, WEIGHT, 'signature')]
    : [];

/** What was found out of the signature of a recorded event, from its evidence: the request cannot be asked again. */
export const signedFrom = (recorded: readonly Evidence[]): Signed => {
  const found = recorded.find(isUnsignedEvidence);
  if (found === undefined) return {};
  return { signatureRequired: true, reportSignature: found.value === 'wrong' ? 'wrong' : 'missing' };
};
