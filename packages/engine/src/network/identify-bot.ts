import type { BotInfo, Evidence } from '@whorl/contract';
import { evidence, isoTime } from '../evidence.ts';
import type { AddressFacts, CrawlerFinding, NetworkFacts } from '../facts.ts';
import { type CrawlerList, signingAgents } from './bot-names.ts';
import { type NamedBot, nameBot } from './name-bot.ts';
import type { SignatureFinding } from './web-bot-auth.ts';

/** Which bot a request says it is from, and how far that is proven. */
export type BotIdentity = { info: BotInfo; evidence: Evidence[] };

/** What a bot is told by. */
export type BotFacts = {
  /** Unix milliseconds of the request. */
  time: number;
  userAgent: string | undefined;
  network: AddressFacts & Pick<NetworkFacts, 'addresses'>;
  /** Missing where the request was not signed. */
  signature?: SignatureFinding | undefined;
};

type Proof = Pick<BotInfo, 'identity' | 'confidence'> & { evidence: Evidence };
type Claim = Pick<BotInfo, 'name' | 'category' | 'provider' | 'providerUrl'>;

const DAY = 24 * 3_600_000;

/** Operators add ranges every few weeks. Up to this age of a list, being outside of it is strong; up to the next, fair. */
const FRESH = 7 * DAY;
const AGED = 120 * DAY;

/** How much a list is worth by its age. What is not fresh never makes anyone a liar with high confidence. */
const trustIn = (age: number): BotInfo['confidence'] => (age <= FRESH ? 'high' : age <= AGED ? 'medium' : 'low');

const weights: Record<BotInfo['confidence'], number> = { high: 0.95, medium: 0.75, low: 0.4 };

const FACT = 'bot identity';

/** Whether a piece of evidence came from here, in an event that is judged again. */
export const isIdentityEvidence = ({ fact }: Evidence): boolean => fact.startsWith(FACT);

const unproven = (why: string, from: string, confidence: BotInfo['confidence'] = 'medium'): Proof => ({
  identity: 'unknown',
  confidence,
  evidence: evidence(`${FACT}: not proven`, why, 0, from),
});

const provenBy = (address: string, { source, listed }: CrawlerFinding, time: number): Proof => {
  const confidence = trustIn(time - source.builtAt);
  const from = `${source.name}, ${isoTime(source.builtAt) ?? 'undated'}`;
  return {
    identity: listed ? 'verified' : 'spoofed',
    confidence,
    evidence: evidence(
      `${FACT}: address ${listed ? 'is one' : 'is none'} of its operator’s`,
      address,
      weights[confidence] * (listed ? -1 : 1),
      from,
    ),
  };
};

/**
 * Holds the client's addresses against a list. One that is listed proves the name; a lie it is only where every public
 * address was looked for and none is listed: an operator's crawler may well have an address of a family that the list has
 * none of.
 */
const proofByList = (list: CrawlerList, addresses: readonly AddressFacts[], time: number): Proof => {
  const found = addresses
    .filter(({ isPublic }) => isPublic)
    .map(({ address, family, crawlers }) => ({ address, family, finding: crawlers?.[list] }));
  const listed = found.find(({ finding }) => finding?.listed);
  if (listed?.finding !== undefined) return provenBy(listed.address, listed.finding, time);
  const missing = found.find(({ finding }) => finding === undefined);
  if (missing !== undefined) return unproven(`no list of its IPv${missing.family} addresses is loaded`, 'address');
  const [first] = found;
  return first?.finding === undefined
    ? unproven('address is not public', 'address', 'low')
    : provenBy(first.address, first.finding, time);
};

/** Holds the addresses against the ranges that the bot's operator publishes. */
const proofByRanges = ({ family }: NamedBot, { time, network }: BotFacts): Proof => {
  if (family === null) return unproven('no known bot has this name', 'headers', 'low');
  if (family.ranges === undefined) return unproven('its operator publishes no addresses', 'headers');
  return proofByList(family.ranges, network.addresses ?? [network], time);
};

const proofBySignature = (signature: SignatureFinding): Proof => {
  switch (signature.outcome) {
    case 'valid':
      return {
        identity: 'signed',
        confidence: 'high',
        evidence: evidence(`${FACT}: signature is right`, signature.keyId, -0.98, 'headers'),
      };
    case 'invalid':
      return {
        identity: 'spoofed',
        confidence: signature.certain ? 'high' : 'medium',
        evidence: evidence(`${FACT}: signature is wrong`, signature.why, signature.certain ? 0.95 : 0.75, 'headers'),
      };
    case 'unproven':
      return unproven(signature.why, 'headers', 'low');
  }
};

const hostOf = (agent: string): string => agent.replace(/^https?:\/\//, '');

/** Who signs with the keys of a directory. A bot that names itself beside is that one, where it has the same directory. */
const signerOf = (agent: string, named: NamedBot | undefined): Claim => {
  if (named?.family?.directory === agent) return named;
  const known = signingAgents.find(({ directory }) => directory === agent);
  if (known === undefined) return { name: hostOf(agent), category: 'unknown', provider: hostOf(agent) };
  return { name: known.name, category: known.category, provider: known.provider, providerUrl: known.url };
};

const identityOf = (
  { name, category, provider, providerUrl }: Claim,
  { identity, confidence, evidence: shown }: Proof,
): BotIdentity => ({
  info: { category, provider, ...(providerUrl === undefined ? {} : { providerUrl }), name, identity, confidence },
  evidence: [evidence(`${FACT}: request says it is from`, name, 0, 'headers'), shown],
});

/**
 * Which bot a request says it is from, by its user agent and its signature, and how far that is proven: by the addresses
 * that the bot's operator publishes, or by Web Bot Auth. Undefined where it names no bot. Pure.
 *
 * An address of the operator's outweighs a broken signature, which a proxy on the way may have broken; a right signature
 * outweighs an address, since agents run in many places.
 */
export const identifyBot = (facts: BotFacts): BotIdentity | undefined => {
  const { signature } = facts;
  const named = nameBot(facts.userAgent ?? '');
  const byRanges = named === undefined ? undefined : { claim: named, proof: proofByRanges(named, facts) };
  const bySignature =
    signature === undefined || signature.agent === null
      ? undefined
      : { claim: signerOf(signature.agent, named), proof: proofBySignature(signature) };
  const both = [bySignature, byRanges].filter((each) => each !== undefined);
  const order: BotInfo['identity'][] = ['signed', 'verified', 'spoofed', 'unknown'];
  const best = order
    .map((identity) => both.find(({ proof }) => proof.identity === identity))
    .find((found) => found !== undefined);
  return best === undefined ? undefined : identityOf(best.claim, best.proof);
};
