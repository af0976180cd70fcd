import type { IngestAnswer } from '@whorl/contract';
import { startAgent } from '../agent.ts';
import { type EndpointOption, resolveEndpoints, workerUrlFor } from '../endpoints.ts';
import type { UrlHashing } from '../page-url.ts';
import { V3_MESSAGES, v3Error } from './v3-errors.ts';
import { type ExtendedGetResult, type GetResult, v3Result } from './v3-result.ts';

/** Options of `load`. Those that the vendor's agent has besides have no meaning here and are ignored. */
export type LoadOptions = {
  /** Server or servers to send to. Default: the one that the script came from. */
  endpoint?: EndpointOption;
  /** Replaces `whorl` in the names of what is stored. */
  storageKey?: string;
  /** Wrappers around the agent, as `name/version` or `name/version/subname/subversion`. */
  integrationInfo?: readonly string[];
  /** Parts of the page's address to send as hashes. */
  urlHashing?: UrlHashing;
  /**
   * Address of the worker's script on the page's own origin, or null for no worker. Default: the server's, where it has
   * the page's origin.
   */
  workerUrl?: string | null;
  /**
   * Called with every answer as the server gave it, before `get` resolves. Holds more than the result: the suspect
   * score unless results are sealed, and the proof by which a page may read its own event. What it throws, `get` throws.
   */
  onAnswer?: (answer: IngestAnswer) => void;
};

export type GetOptions<E extends boolean = boolean> = {
  /** Any JSON up to 16 kB, returned with the event. */
  tag?: unknown;
  /** Your own id of what the visit belongs to, up to 256 characters. */
  linkedId?: string;
  /** Milliseconds, hidden time not counted. Default 10,000. */
  timeout?: number;
  /** Adds browser, system, address and times to the result. */
  extendedResult?: E;
};

export type V3Agent = {
  /** Identifies the visitor. Rejects with an `Error` whose message is one of {@link V3_MESSAGES}. */
  get<E extends boolean = false>(options?: GetOptions<E>): Promise<E extends true ? ExtendedGetResult : GetResult>;
  /** Always rejects: there is no relay that could take what it would return. */
  collect(): Promise<never>;
};

/** What the bundle knows of itself. */
export type Bundle = { publicKey: string; scriptUrl: string | undefined };

/**
 * Starts the agent behind the v3 interface. Rejects with an `Error` of {@link V3_MESSAGES} when the key is missing or an
 * endpoint is not an address.
 */
export const loadV3 = async ({ publicKey, scriptUrl }: Bundle, options: LoadOptions = {}): Promise<V3Agent> => {
  if (publicKey === '') throw new Error(V3_MESSAGES.apiKeyMissing);
  const endpoints = resolveEndpoints(options.endpoint, scriptUrl, location.href);
  if (endpoints === undefined) throw new Error(V3_MESSAGES.invalidEndpoint);
  const { workerUrl = workerUrlFor(endpoints[0], location.origin) } = options;
  const agent = startAgent({
    publicKey,
    endpoints,
    workerUrl: workerUrl ?? undefined,
    storageStem: options.storageKey,
    integrationInfo: options.integrationInfo,
    urlHashing: options.urlHashing,
    api: 'v3',
    onAnswer: options.onAnswer,
  });
  return {
    get: async <E extends boolean = false>({ tag, linkedId, timeout, extendedResult }: GetOptions<E> = {}) => {
      const result = await agent.visit({ tag, linkedId, timeout, extended: extendedResult });
      if (!result.ok) throw v3Error(result.failure);
      return v3Result(result.value, extendedResult === true) as E extends true ? ExtendedGetResult : GetResult;
    },
    collect: async () => {
      throw new Error(
        'collect() is not available: Whorl has no relay for collected data. Use get(), and point the endpoint option at a proxy of your own if requests must pass through your backend',
      );
    },
  };
};
