import { verify } from 'node:crypto';
import { readAgentSignature, type SignatureFinding, type SignedRequest } from '@whorl/engine';
import type { AgentKeys } from './agent-keys.ts';

/**
 * Checks the signature of an agent (Web Bot Auth). Undefined where the request is not signed and names no agent. A key
 * that is not known proves nothing either way: it is never `valid`, and no lie.
 *
 * @param time unix milliseconds of the request
 */
export const verifyAgentSignature = (
  request: SignedRequest,
  time: number,
  keys: AgentKeys,
): SignatureFinding | undefined => {
  const read = readAgentSignature(request, time);
  if (read === undefined || read.outcome !== 'to-verify') return read;
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
