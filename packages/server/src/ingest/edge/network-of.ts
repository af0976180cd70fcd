import type { AddressFacts, ListFacts, NetworkFacts } from '@whorl/engine';
import type { NetworkLookup } from '../enrich.ts';
import type { ReportedRequest } from './read-edge-request.ts';

/** What two addresses' lists say together: whatever lists one of them counts. */
const eitherListed = (one: ListFacts = {}, other: ListFacts = {}): ListFacts => {
  const listed = Object.entries(one).filter(([, finding]) => finding.listed);
  return { ...one, ...other, ...Object.fromEntries(listed) };
};

const addressOf = ({ address, family, isPublic, crawlers }: NetworkFacts): AddressFacts => ({
  address,
  family,
  isPublic,
  ...(crawlers === undefined ? {} : { crawlers }),
});

/**
 * What is known of a client that has an address of each family: all that is known of either. It is on a list where one
 * of its addresses is. What published addresses of bots say stays with each address, for one of which nothing is known
 * must not pass for one that is none of theirs.
 */
const together = (v4: NetworkFacts, v6: NetworkFacts): NetworkFacts => ({
  ...v4,
  isPublic: v4.isPublic || v6.isPublic,
  ipInfo: { ...v6.ipInfo, ...v4.ipInfo },
  sources: [...new Map([...v4.sources, ...v6.sources].map((source) => [source.name, source])).values()],
  countryOffsets: v4.countryOffsets ?? v6.countryOffsets,
  ...(v4.lists === undefined && v6.lists === undefined ? {} : { lists: eitherListed(v4.lists, v6.lists) }),
  addresses: [addressOf(v4), addressOf(v6)],
});

/** What is known of the addresses of a reported request. */
export const networkOf = (
  { v4, v6 }: ReportedRequest['addresses'],
  time: number,
  lookup: NetworkLookup,
): NetworkFacts => {
  if (v4 === undefined || v6 === undefined) return lookup(v4 ?? v6 ?? '', time);
  return together(lookup(v4, time), lookup(v6, time));
};
