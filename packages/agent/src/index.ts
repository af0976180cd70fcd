import { type LoadOptions, loadV3, type V3Agent } from './faces/v3.ts';

export { AGENT_VERSION } from './agent-version.ts';
export type { EndpointOption } from './endpoints.ts';
export type { GetOptions, LoadOptions, V3Agent } from './faces/v3.ts';
export { V3_MESSAGES } from './faces/v3-errors.ts';
export type { ExtendedGetResult, GetResult } from './faces/v3-result.ts';
export type { UrlHashing } from './page-url.ts';

/**
 * Starts the agent from a site's own bundle: the public key and the endpoint have to be named. See {@link LoadOptions}
 * for the rest, and `docs/agent.md`.
 */
export const load = ({
  publicKey,
  ...options
}: LoadOptions & { publicKey: string; endpoint: NonNullable<LoadOptions['endpoint']> }): Promise<V3Agent> =>
  loadV3({ publicKey, scriptUrl: undefined }, options);
