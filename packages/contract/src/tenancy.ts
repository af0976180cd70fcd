import { type SignalName, signalNames } from './signals.ts';
import type { ChosenWeights } from './suspect-weights.ts';

/** Where a workspace's data lives. A server answers only for workspaces of its own region. */
export const regions = ['us', 'eu', 'ap'] as const;
export type Region = (typeof regions)[number];

/** What a workspace can have switched off: each product by its name, and what goes beyond products. */
export const featureNames = [
  ...signalNames,
  'suspectScore',
  'rawDeviceAttributes',
  'sealedResults',
  'deleteVisitors',
  'relatedVisitors',
  'rules',
  'webhooks',
  'edge',
] as const satisfies (SignalName | string)[];
export type Feature =
  | SignalName
  | 'suspectScore'
  | 'rawDeviceAttributes'
  | 'sealedResults'
  | 'deleteVisitors'
  | 'relatedVisitors'
  | 'rules'
  | 'webhooks'
  | 'edge';

/**
 * How sure of a visitor a link without a token must be: at `strict` fewer returning visitors are recognised and fewer are
 * taken for another, at `low-risk` the reverse.
 */
export const linkings = ['low-risk', 'default', 'strict'] as const;
export type Linking = (typeof linkings)[number];

/** At most `requests` requests in any `seconds` seconds. Both whole numbers of 1 or more. */
export type RateLimit = { requests: number; seconds: number };

/** Who owns events: visitors are recognised within a workspace. */
export type Workspace = {
  id: string;
  name: string;
  createdAt: number;
  region: Region;
  /** False: every request with one of its keys is refused, and nothing is deleted. */
  active: boolean;
  /** What is switched off; empty has everything. */
  disabledFeatures: Feature[];
  /** Null: unlimited. Per key, secret or public, and per client address over all keys. */
  rateLimits: { perKey: RateLimit | null; perAddress: RateLimit | null };
  /** Whether one browser has one visitor id in all environments, or one in each. */
  identity: 'shared' | 'separate';
  /** How sure a link without a token must be. */
  linking: Linking;
  /** Points of the suspect score that differ from the defaults. */
  suspectWeights: ChosenWeights;
  /** Events of one visitor in a day below which it is never called highly active, 1 or more; null: the default. */
  highActivityFloor: number | null;
};

/** What every new workspace starts with. */
export const workspaceDefaults = {
  active: true,
  disabledFeatures: [],
  rateLimits: { perKey: null, perAddress: null },
  identity: 'shared',
  linking: 'default',
  suspectWeights: {},
  highActivityFloor: null,
} as const satisfies Partial<Workspace>;

/** A part of a workspace, such as production or staging. */
export type Environment = {
  id: string;
  workspaceId: string;
  name: string;
  /** Origins that may send observations, as `https://host[:port]`; empty allows all. */
  allowedOrigins: string[];
  /** 32 bytes, base64; null: results are not sealed. */
  sealingKey: string | null;
  createdAt: number;
};

/** `management` keys may change the workspace itself and are accepted by the management API alone. */
export const keyKinds = ['public', 'secret', 'management'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** A key as listed; its secret part is known only to whoever was given it. */
export type ApiKey = {
  id: string;
  kind: KeyKind;
  workspaceId: string;
  /** Set for public keys and for secret keys that are limited to one environment. */
  environmentId: string | null;
  name: string;
  /** First characters, for recognising a key in a list. */
  prefix: string;
  createdAt: number;
  revokedAt: number | null;
  /** Whether a report with this public key that its app has not signed is held against it. False for other kinds. */
  requiresSignature: boolean;
};
