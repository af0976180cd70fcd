import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { guardedLookup, UnreachableHostError } from '../outbound/guarded-lookup.ts';
import { literalAddress } from '../outbound/literal-address.ts';
import { isReachableAddress } from '../outbound/reachable-address.ts';

export type GetOptions = {
  headers: Readonly<Record<string, string>>;
  /** Breaks off the request, and the body that follows. */
  signal: AbortSignal;
  /** Whether private, loopback and link-local addresses may not be connected to. */
  publicOnly: boolean;
};

export type GotUrl = {
  /** Status and headers, and the body as it is sent. Whoever does not read that must destroy it. */
  message: IncomingMessage;
  /** Whether it was a host on the public internet that answered, or it is not known which. */
  isPublic: boolean;
};

/** Asks for an address, once: redirects are answers. Rejects where no answer comes. */
export type GetUrl = (url: URL, options: GetOptions) => Promise<GotUrl>;

const publicLookup = guardedLookup({ privateAddresses: false });

/**
 * Node's own client rather than `fetch`, for that cannot be told which addresses it may connect to: a check of the name before it
 * would be of another answer than the one that the connection is made by.
 *
 * @throws UnreachableHostError where only public hosts may answer, and this is none
 */
export const getUrl: GetUrl = (url, { headers, signal, publicOnly }) =>
  new Promise((resolve, reject) => {
    const literal = literalAddress(url);
    if (publicOnly && literal !== undefined && !isReachableAddress(literal)) {
      reject(new UnreachableHostError(url.hostname));
      return;
    }
    const options = { headers, signal, agent: false, ...(publicOnly ? { lookup: publicLookup } : {}) };
    const request = url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
    // It stays for as long as the body comes: what breaks off then is told by the body.
    request.on('error', reject);
    // Noted before anything is sent: a peer that answers and resets the connection at once has no address any more by then.
    let peer: string | undefined;
    request.on('socket', (socket) =>
      socket.once('connect', () => {
        peer = socket.remoteAddress;
      }),
    );
    request.on('response', (message) => {
      message.on('error', () => {});
      resolve({ message, isPublic: peer === undefined || isReachableAddress(peer) });
    });
    request.end();
  });
