import type { BrowserDetails } from '@whorl/contract';
import {
  attributeList,
  type BlockingKeyName,
  type Features,
  featuresOf,
  hashText,
  keysOf,
  type NetworkFacts,
  type Portrait,
  portray,
  readClient,
  showsEnough,
  type TokenPlace,
  type ZoneFacts,
} from '@whorl/engine';
import { readToken } from '../keys/token.ts';
import { scopedKey } from '../storage/scoped-key.ts';
import { deviceKeyOf } from './device-key.ts';
import { hash64 } from './hash64.ts';
import type { Received } from './receive.ts';
import { zoneOf } from './zone-of.ts';

/** Address to facts. Synchronous: the data lies in memory. */
export type NetworkLookup = (address: string, time: number) => NetworkFacts;

/** A blocking key within its identity scope. */
export type ScopedKey = { name: BlockingKeyName; key: number };

/** An observation with what the server knows of its address, its browser, and the visitors that its tokens name. */
export type Enriched = Received & {
  network: NetworkFacts;
  browser: BrowserDetails;
  /** What visitors are compared by, and what tokens are checked by. */
  portrait: Portrait;
  features: Features;
  /** Hash of the identity scope, 32 bits: what its visitors are counted under. */
  scopeHash: number;
  /** Keys that lead to visitors that this one may be; none where it shows too little to be compared. */
  keys: ScopedKey[];
  /** Leads to visitors of the same device, none of which this one need be; null where too little is known. */
  deviceKey: number | null;
  /** The configuration without its scope; null where the visit shows too little. */
  sightingKey: string | null;
  /** Where an app says that it is; missing where it shared no place that a zone can be told by. */
  zone?: ZoneFacts;
  /** Visitors named by tokens that this server made for this identity scope. */
  claims: { place: TokenPlace; visitorId: string }[];
};

/** Who runs the address's network, as its number; empty where that is not known. */
const operatorOf = ({ ipInfo }: NetworkFacts): string => (ipInfo.v4 ?? ipInfo.v6)?.asn?.asn ?? '';

/** Everything that a device shows as its own, in words. */
const configurationText = ({ kind, texts }: Portrait): string =>
  [kind, ...attributeList.filter(({ stable }) => stable).map(({ name }) => `${name}=${texts[name] ?? ''}`)].join('\n');

/** Of the server's secrets, those that this stage needs. */
export type EnrichSecrets = { token: Buffer; zone: Buffer };

/** Second stage: adds what can be known without asking the store. */
export const enrich = (received: Received, lookup: NetworkLookup, secrets: EnrichSecrets): Enriched => {
  const { components, scope } = received;
  const network = lookup(received.address, received.time);
  const browser = readClient(received.sdk.platform, components, received.headers['user-agent'] ?? '');
  const address = network.isPublic ? network.address : '';
  const portrait = portray(
    {
      components,
      browser,
      address,
      network: operatorOf(network),
      ...(received.tls === undefined ? {} : { ja4: received.tls.ja4 }),
    },
    received.time,
  );
  const features = featuresOf({ components, browser, address });
  const scopeHash = hashText(scope);
  const comparable = showsEnough(portrait);
  const claims: Enriched['claims'] = [];
  for (const { place, token } of received.tokens) {
    const visitorId = readToken(secrets.token, scope, token);
    if (visitorId !== undefined) claims.push({ place, visitorId });
  }
  return {
    ...received,
    ...zoneOf(received, secrets.zone),
    network,
    browser,
    portrait,
    features,
    scopeHash,
    keys: comparable ? keysOf(portrait).map(({ name, key }) => ({ name, key: scopedKey(scopeHash, key) })) : [],
    deviceKey: deviceKeyOf(scopeHash, features),
    sightingKey: comparable ? hash64(`sighting\n${configurationText(portrait)}`) : null,
    claims,
  };
};
