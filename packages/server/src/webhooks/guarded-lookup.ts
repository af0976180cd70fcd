import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isReachableAddress } from './reachable-address.ts';

/** A name leads to no address that may be connected to. */
export class UnreachableHostError extends Error {
  override readonly name = 'UnreachableHostError';
  readonly code = 'WHORL_NOT_PUBLIC';

  constructor(host: string) {
    super(`${host} has no public address`);
  }
}

/**
 * Resolves names for connections, leaving out what is not on the public internet. Node connects to the very addresses
 * that this gives, so a name that changes between a check and the connection (DNS rebinding) gains nothing.
 */
export const guardedLookup =
  (lookup: typeof systemLookup = systemLookup): LookupFunction =>
  (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const allowed = addresses.filter(({ address }) => isReachableAddress(address));
      const [first] = allowed;
      if (first === undefined) return done(new UnreachableHostError(host), []);
      if (options.all) return done(null, allowed);
      done(null, first.address, first.family);
    });
  };
