import type { LookupFunction } from 'node:net';
import { hostResolver, type ResolveHost } from './host-resolver.ts';
import { isReachableAddress } from './reachable-address.ts';

/** A name leads to no address that may be connected to. */
export class UnreachableHostError extends Error {
  override readonly name = 'UnreachableHostError';
  readonly code = 'WHORL_NOT_PUBLIC';

  constructor(host: string) {
    super(`${host} has no public address`);
  }
}

/** What the resolver says of names that nobody knows. */
const UNKNOWN = new Set(['ENOTFOUND', 'ENODATA']);

const isUnknown = (error: Error): boolean =>
  'code' in error && typeof error.code === 'string' && UNKNOWN.has(error.code);

export type GuardedLookupOptions = {
  /** Whether private and loopback addresses may be connected to. */
  privateAddresses: boolean;
  resolve?: ResolveHost;
};

/**
 * Resolves names for connections, leaving out what is not on the public internet unless that is allowed. Node connects to
 * the very addresses that this gives, so a name that changes between a check and the connection (DNS rebinding) gains
 * nothing. Where private addresses are not allowed, a name that leads to one and a name that nobody knows fail alike: who
 * may try a webhook is not told what names the network behind the server has.
 */
export const guardedLookup = ({ privateAddresses, resolve = hostResolver() }: GuardedLookupOptions): LookupFunction => {
  const allowedOf = async (host: string) => {
    const found = await resolve(host);
    return privateAddresses ? found : found.filter(({ address }) => isReachableAddress(address));
  };
  return (host, { all }, done) => {
    allowedOf(host).then(
      (allowed) => {
        const [first] = allowed;
        if (first === undefined) done(new UnreachableHostError(host), []);
        else if (all) done(null, allowed);
        else done(null, first.address, first.family);
      },
      (error: Error) => done(!privateAddresses && isUnknown(error) ? new UnreachableHostError(host) : error, []),
    );
  };
};
