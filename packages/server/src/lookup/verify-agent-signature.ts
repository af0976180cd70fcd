import { verify } from 'node:crypto';
import { type AgentSignature, readAgentSignatures, type SignatureFinding, type SignedRequest } from '@whorl/engine';
import type { AgentKeys } from './agent-keys.ts';

const verifyOne = (read: AgentSignature | SignatureFinding, keys: AgentKeys): SignatureFinding => {
  if (read.outcome !== 'to-verify') return read;
  const { agent, keyId, base, signature, fault } = read;
  const found = keys.find(agent, keyId);
  if (found === undefined) return { outcome: 'unproven', agent, why: 'key of the signature is not known' };
  if (!verify(null, Buffer.from(base), found.key, signature)) {
    return { outcome: 'invalid', agent: found.agent, why: 'signature does not fit the request', certain: true };
  }
  if (fault !== undefined)
    return { outcome: 'invalid', agent: found.agent, why: `signature is ${fault}`, certain: false };
  return { outcome: 'valid', agent: found.agent, keyId };
};

/** A right signature holds whatever stands beside it; a wrong one is a lie even beside one that proves nothing. */
const weightOf = { valid: 2, invalid: 1, unproven: 0 } as const satisfies Record<SignatureFinding['outcome'], number>;

/**
 * Checks the signatures of an agent (Web Bot Auth) and answers the one that says most, of equals the first. Undefined
 * where the request is not signed and names no agent. A key that is not known proves nothing either way: it is never
 * `valid`, and no lie.
 *
 * @param time unix milliseconds of the request
 */
export const verifyAgentSignature = (
  request: SignedRequest,
  time: number,
  keys: AgentKeys,
): SignatureFinding | undefined =>
  readAgentSignatures(request, time)
    .map((read) => verifyOne(read, keys))
    .sort((one, other) => weightOf[other.outcome] - weightOf[one.outcome])[0];
