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
import { deviceKeyOf } from './device-key.ts';
import { hash64, hashBlockingKey } from './hash-blocking-key.ts';
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
  /** Keys that lead to visitors that this one may be. */
  keys: HashedKey[];
  /** Leads to visitors of the same device, none of which this one need be; null where too little is known. */
  deviceKey: string | null;
  /** The exact key without its scope; null without an exact key. */
  sightingKey: string | null;
  /** Visitors named by tokens that this server made for this identity scope. */
  claims: { place: TokenPlace; visitorId: string }[];
};

const hashed = (scope: string, key: BlockingKey): HashedKey => ({ name: key.name, hash: hashBlockingKey(scope, key) });

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
  const { scope } = received;
  const claims: Enriched['claims'] = [];
  for (const { place, token } of received.tokens) {
    const visitorId = readToken(tokenSecret, scope, token);
    if (visitorId !== undefined) claims.push({ place, visitorId });
  }
  return {
    ...received,
    network,
    browser,
    features,
    keys: keys.map((key) => hashed(scope, key)),
    deviceKey: deviceKeyOf(scope, features),
    sightingKey: keys[0] === undefined ? null : hash64(`sighting\n${keys[0].material}`),
    claims,
  };
};
