import type { HeaderField, SignedRequest } from '@whorl/engine';

/**
 * A request as signatures cover it, by its absolute address as the client asked for it.
 *
 * @throws TypeError where `url` is no absolute URL
 */
export const signedRequest = (method: string, url: string, headers: readonly HeaderField[]): SignedRequest => {
  const { href, protocol, host, pathname, search } = new URL(url);
  const target = { uri: href, scheme: protocol.slice(0, -1), authority: host, path: pathname, query: search };
  return { method, headers, target };
};
