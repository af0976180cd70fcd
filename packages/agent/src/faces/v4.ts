import type { IngestAnswer } from '@whorl/contract';
import { startAgent } from '../agent.ts';
import { resolveEndpoints, workerUrlFor } from '../endpoints.ts';
import type { UrlHashing } from '../page-url.ts';
import { type CacheOption, createResultCache } from './result-cache.ts';
import type { Bundle } from './v3.ts';
import { FingerprintError, v4Error } from './v4-error.ts';
import { type KeptV4Result, keptV4Result, type V4GetResult, v4Result } from './v4-result.ts';

type EndpointList = string | readonly string[];

/** Options of `start`. Those that the vendor's agent has besides have no meaning here and are ignored. */
export type StartOptions = {
  /** Server or servers to send to, plain or wrapped by the loader's `withoutDefault`. Default: the script's. */
  endpoints?: EndpointList | { value: EndpointList };
  /** Put before `whorl` in the names of what is stored. */
  storageKeyPrefix?: string;
  /** Wrappers around the agent, as `name/version` or `name/version/subname/subversion`. */
  integrationInfo?: readonly string[];
  /** Parts of the page's address to send as hashes. */
  urlHashing?: UrlHashing;
  /** Keeps results for a while. Default: every `get` makes an event. */
  cache?: CacheOption;
  /** Address of the worker's script on the page's own origin, or null for no worker. */
  workerUrl?: string | null;
  /** Called with every answer as the server gave it, before `get` resolves. Not called for a result from the cache. */
  onAnswer?: (answer: IngestAnswer) => void;
};

export type V4GetOptions = {
  /** Any JSON up to 16 kB, returned with the event. Of both names `tags` counts. */
  tags?: unknown;
  tag?: unknown;
  linkedId?: string;
  /** Milliseconds, hidden time not counted. Default 10,000. */
  timeout?: number;
};

export type V4Agent = {
  /** Identifies the visitor. Rejects with a {@link FingerprintError}. */
  get(options?: V4GetOptions): Promise<V4GetResult>;
  /** Always rejects: there is no relay that could take what it would return. */
  collect(): Promise<never>;
};

const endpointOption = (given: StartOptions['endpoints']): EndpointList | undefined => {
  const endpoints = typeof given === 'object' && 'value' in given ? given.value : given;
  // The loader's own rule: an empty list means the default.
  return Array.isArray(endpoints) && endpoints.length === 0 ? undefined : endpoints;
};

/** Starts the agent behind the v4 interface. Throws a {@link FingerprintError} when an option is wrong. */
export const startV4 = ({ publicKey, scriptUrl }: Bundle, options: StartOptions = {}): V4Agent => {
  if (publicKey === '') throw new FingerprintError('api_key_missing', 'API key required');
  const endpoints = resolveEndpoints(endpointOption(options.endpoints), scriptUrl, location.href);
  if (endpoints === undefined) {
    throw new FingerprintError('invalid_endpoint', 'The endpoint parameter is not a valid URL');
  }
  const cache = options.cache && createResultCache<KeptV4Result>(options.cache, publicKey);
  if (options.cache !== undefined && cache === undefined) {
    throw new FingerprintError(
      'cache_misconfigured',
      'cache needs a known storage and a duration of 1 to 43200 seconds',
    );
  }
  const { workerUrl = workerUrlFor(endpoints[0], location.origin), storageKeyPrefix } = options;
  const agent = startAgent({
    publicKey,
    endpoints,
    workerUrl: workerUrl ?? undefined,
    storageStem: storageKeyPrefix === undefined ? undefined : `${storageKeyPrefix}whorl`,
    integrationInfo: options.integrationInfo,
    urlHashing: options.urlHashing,
    api: 'v4',
    onAnswer: options.onAnswer,
  });
  return {
    get: async ({ tags, tag, linkedId, timeout } = {}) => {
      const visit = { tag: tags ?? tag, linkedId };
      const kept = cache?.get(visit);
      if (kept !== undefined) return v4Result(kept, true);
      const result = await agent.visit({ ...visit, timeout });
      if (!result.ok) throw v4Error(result.failure);
      const made = keptV4Result(result.value);
      cache?.set(visit, made);
      return v4Result(made, false);
    },
    collect: async () => {
      throw new FingerprintError(
        'feature_not_enabled',
        'collect() is not available: Whorl has no relay for collected data. Use get() instead',
      );
    },
  };
};
