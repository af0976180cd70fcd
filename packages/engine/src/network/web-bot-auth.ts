import { fieldValue, type SignedRequest, signatureBase } from './signature-base.ts';
import { type InnerList, isInnerList, parseDictionary, parseItem } from './structured-fields.ts';

/**
 * Web Bot Auth: agents sign their requests, and say where their keys are.
 * https://datatracker.ietf.org/doc/draft-meunier-web-bot-auth-architecture/ (05), on RFC 9421.
 */

/**
 * What became of a request's signature. `agent` is the origin that the keys are published at, in lower case; null where
 * the request does not say. `unproven`: there was nothing that could be checked, which proves nothing either way.
 */
export type SignatureFinding =
  | { outcome: 'valid'; agent: string; keyId: string }
  | { outcome: 'invalid'; agent: string | null; why: string; certain: boolean }
  | { outcome: 'unproven'; agent: string | null; why: string };

/** A signature that only waits for its key. */
export type AgentSignature = {
  outcome: 'to-verify';
  agent: string | null;
  /** The key's JWK thumbprint (RFC 7638), base64url. */
  keyId: string;
  base: string;
  signature: Uint8Array;
  /** Why it does not hold at this time, be the signature as it may. */
  fault: 'expired' | 'from the future' | undefined;
};

const TAG = 'web-bot-auth';

/** Clocks may differ by so much, seconds. */
const SKEW = 60;

/** The draft's advice for the longest time that a signature may hold, seconds. */
const LONGEST = 24 * 3600;

const ORIGIN = /^https:\/\/[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?(?=[/?#]|$)/;

const originOf = (text: unknown): string | null =>
  typeof text === 'string' ? (ORIGIN.exec(text.toLowerCase())?.[0].replace(/:443$/, '') ?? null) : null;

/** The member of the agents' dictionary that a signature covers: named by its component, or else by its own label. */
const agentKeyOf = ([components]: InnerList, label: string): string => {
  const key = components.find(([name]) => name === 'signature-agent')?.[1].get('key');
  return typeof key === 'string' ? key : label;
};

/** `"https://agent.example"`, or since draft 03 `sig1="https://agent.example"`: one agent for each signature. */
const readAgent = (field: string | undefined, key: string): string | null => {
  if (field === undefined) return null;
  const plain = parseItem(field)?.[0];
  if (typeof plain === 'string') return originOf(plain);
  return originOf(parseDictionary(field)?.get(key)?.[0]);
};

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const faultAt = (time: number, created: number, expires: number): AgentSignature['fault'] => {
  const now = time / 1000;
  if (created > now + SKEW) return 'from the future';
  return expires <= now - SKEW ? 'expired' : undefined;
};

const covers = ([components]: InnerList, ...names: string[]): boolean =>
  components.some(([name]) => typeof name === 'string' && names.includes(name));

/** What a signature says of itself. */
type Terms = { keyId: string; created: number; expires: number };

/** The terms of a signature, or as text why it cannot be checked. */
const readTerms = (covered: InnerList, signsAgent: boolean): Terms | string => {
  const [, parameters] = covered;
  const [created, expires, keyId] = ['created', 'expires', 'keyid'].map((name) => parameters.get(name));
  if ((parameters.get('alg') ?? 'ed25519') !== 'ed25519') return 'signature is of another kind than ed25519';
  if (typeof keyId !== 'string') return 'signature names no key';
  if (!isWhole(created) || !isWhole(expires)) return 'signature has no time that it holds for';
  if (expires <= created || expires - created > LONGEST) return 'signature holds for no time or for more than a day';
  if (!covers(covered, '@authority', '@target-uri')) return 'signature is not for this host';
  if (signsAgent && !covers(covered, 'signature-agent')) return 'signature does not cover its agent';
  return { keyId, created, expires };
};

/**
 * Reads the signature of a request that is meant for Web Bot Auth. Undefined where nobody signed or named an agent; a
 * finding where it cannot be checked; otherwise what is needed to check it. A nonce is not remembered: a request that is
 * sent twice before it expires passes twice.
 *
 * @param time unix milliseconds of the request
 */
export const readAgentSignature = (
  request: SignedRequest,
  time: number,
): AgentSignature | SignatureFinding | undefined => {
  const [input, signatures, agentField] = ['signature-input', 'signature', 'signature-agent'].map((name) =>
    fieldValue(request.headers, name),
  );
  if (input === undefined && agentField === undefined) return undefined;
  const inputs = [...(parseDictionary(input ?? '') ?? [])];
  const found = inputs.find(([, member]) => isInnerList(member) && member[1].get('tag') === TAG);
  const [label = '', covered] = found ?? [];
  const isCovered = covered !== undefined && isInnerList(covered);
  const agent = readAgent(agentField, isCovered ? agentKeyOf(covered, label) : label);
  const unproven = (why: string): SignatureFinding => ({ outcome: 'unproven', agent, why });
  if (!isCovered) return unproven('no signature is for web-bot-auth');

  const signature = parseDictionary(signatures ?? '')?.get(label)?.[0];
  if (!(signature instanceof ArrayBuffer)) return unproven('signature itself is missing');
  const terms = readTerms(covered, agentField !== undefined);
  if (typeof terms === 'string') return unproven(terms);
  const base = signatureBase(request, covered);
  if (base === undefined) return unproven('a covered part of the request is missing or of an unknown kind');
  const { keyId, created, expires } = terms;
  const bytes = new Uint8Array(signature);
  return { outcome: 'to-verify', agent, keyId, base, signature: bytes, fault: faultAt(time, created, expires) };
};
