import { fieldValue, type SignedRequest, signatureBase } from './signature-base.ts';
import { type InnerList, isInnerList, type Member, parseDictionary, parseItem } from './structured-fields.ts';

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

/** So many signatures of one request are looked at: agents make one, and a proxy may add its own. */
const MOST_SIGNATURES = 3;

/** The fields of a request that signatures are in. */
type SignatureFields = { signatures: ReadonlyMap<string, Member>; agent: string | undefined };

/** Reads one signature of a request, by its label and what it covers. */
const readOne = (
  request: SignedRequest,
  time: number,
  { signatures, agent: agentField }: SignatureFields,
  [label, covered]: readonly [string, InnerList],
): AgentSignature | SignatureFinding => {
  const agent = readAgent(agentField, agentKeyOf(covered, label));
  const unproven = (why: string): SignatureFinding => ({ outcome: 'unproven', agent, why });
  const signature = signatures.get(label)?.[0];
  if (!(signature instanceof ArrayBuffer)) return unproven('signature itself is missing');
  const terms = readTerms(covered, agentField !== undefined);
  if (typeof terms === 'string') return unproven(terms);
  const base = signatureBase(request, covered);
  if (base === undefined) return unproven('a covered part of the request is missing or of an unknown kind');
  const { keyId, created, expires } = terms;
  const bytes = new Uint8Array(signature);
  return { outcome: 'to-verify', agent, keyId, base, signature: bytes, fault: faultAt(time, created, expires) };
};

/**
 * Reads the signatures of a request that are meant for Web Bot Auth, the first three in their order: each a finding where
 * it cannot be checked, otherwise what is needed to check it. Empty where nobody signed or named an agent. A nonce is not
 * remembered: a request that is sent twice before it expires passes twice.
 *
 * @param time unix milliseconds of the request
 */
export const readAgentSignatures = (request: SignedRequest, time: number): (AgentSignature | SignatureFinding)[] => {
  const [input, signature, agent] = ['signature-input', 'signature', 'signature-agent'].map((name) =>
    fieldValue(request.headers, name),
  );
  if (input === undefined && agent === undefined) return [];
  const inputs = [...(parseDictionary(input ?? '') ?? [])];
  const meant = inputs.filter((entry): entry is [string, InnerList] => {
    const [, member] = entry;
    return isInnerList(member) && member[1].get('tag') === TAG;
  });
  if (meant.length === 0) {
    return [{ outcome: 'unproven', agent: readAgent(agent, ''), why: 'no signature is for web-bot-auth' }];
  }
  const fields = { signatures: parseDictionary(signature ?? '') ?? new Map<string, Member>(), agent };
  return meant.slice(0, MOST_SIGNATURES).map((each) => readOne(request, time, fields, each));
};
