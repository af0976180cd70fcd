import { createHash } from 'node:crypto';
import type { BrowserDetails } from '@whorl/contract';
import {
  type BlockingKey,
  block,
  type Features,
  isComplete,
  type NetworkFacts,
  normalise,
  readBrowser,
  type TokenPlace,
} from '@whorl/engine';
import { readToken } from '../keys/token.ts';
import type { Received } from './receive.ts';

/** Address to facts. Synchronous: the data lies in memory. */
export type NetworkLookup = (address: string, time: number) => NetworkFacts;

/** A blocking key as the store knows it: 16 hexadecimal digits. */
export type HashedKey = { name: string; hash: string };

/** An observation with what the server knows of its address, its browser, and the visitors that its tokens name. */
export type Enriched = Received & {
  network: NetworkFacts;
  browser: BrowserDetails;
  features: Features;
  keys: HashedKey[];
  /** The exact key without the workspace; null without an exact key. */
  sightingKey: string | null;
  /** Tokens that this server signed for this workspace. */
  claims: { place: TokenPlace; visitorId: string }[];
};

const hash64 = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const hashed = (workspaceId: string, key: BlockingKey): HashedKey => ({
  name: key.name,
  hash: hash64(`${workspaceId}\n${key.name}\n${key.material}`),
});

/** Second stage: adds what can be known without asking the store. */
export const enrich = (received: Received, lookup: NetworkLookup, tokenSecret: Buffer): Enriched => {
  const network = lookup(received.address, received.time);
  const browser = readBrowser(received.components, received.headers['user-agent'] ?? '');
  const features = normalise({
    components: received.components,
    browser,
    address: network.isPublic ? network.address : '',
  });
  const keys = isComplete(received.components) ? block(features) : [];
  const claims: Enriched['claims'] = [];
  for (const { place, token } of received.tokens) {
    const visitorId = readToken(tokenSecret, received.workspace.id, token);
    if (visitorId !== undefined) claims.push({ place, visitorId });
  }
  return {
    ...received,
    network,
    browser,
    features,
    keys: keys.map((key) => hashed(received.workspace.id, key)),
    sightingKey: keys[0] === undefined ? null : hash64(`sighting\n${keys[0].material}`),
    claims,
  };
};
