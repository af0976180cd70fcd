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

export type GuardedLookupOptions = {
  /** Whether private and loopback addresses may be connected to. */
  privateAddresses: boolean;
  resolve?: ResolveHost;
};

/**
 * Resolves names for connections, leaving out what is not on the public internet unless that is allowed. Node connects to
 * the very addresses that this gives, so a name that changes between a check and the connection (DNS rebinding) gains
 * nothing.
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
      (error: Error) => done(error, []),
    );
  };
};
