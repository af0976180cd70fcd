import type { Geolocation } from '@whorl/contract';
import type { AnsweredList } from './database-kind.ts';

/** Who runs the network of an address. */
export type SystemFacts = { asn: number; name?: string };

/** That an address is flagged. `seenAt`: when it was last seen so, unix milliseconds. */
export type Flag = { seenAt?: number; residential?: true };

/** Kinds of networks, in the words of the Server API. */
export type NetworkType = 'isp' | 'hosting' | 'business' | 'education' | 'government';

/** What one record of a file says. What it does not say is missing. */
export type DatabaseFacts = {
  place?: Geolocation;
  system?: SystemFacts;
  type?: NetworkType;
  /** A hosting provider's address, with the provider's name where the record has it. */
  hosting?: { name?: string };
  flags: Partial<Record<AnsweredList, Flag>>;
};

const types: Readonly<Record<string, NetworkType>> = {
  isp: 'isp',
  residential: 'isp',
  cellular: 'isp',
  dialup: 'isp',
  'cable/dsl': 'isp',
  satellite: 'isp',
  hosting: 'hosting',
  content_delivery_network: 'hosting',
  business: 'business',
  education: 'education',
  college: 'education',
  school: 'education',
  library: 'education',
  government: 'government',
  military: 'government',
};

/**
 * The kind of a network from a maker's word for it (IPinfo's type of a system, MaxMind's user and connection types); undefined
 * where the word says too little: MaxMind's connection type `Corporate` has companies and datacenters alike.
 */
export const networkTypeOf = (word: string | undefined): NetworkType | undefined => {
  const key = word?.toLowerCase();
  return key !== undefined && Object.hasOwn(types, key) ? types[key] : undefined;
};
