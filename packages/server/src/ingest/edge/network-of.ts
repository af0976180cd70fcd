import type { CrawlerFinding, CrawlerList, ListFacts, ListFinding, NetworkFacts } from '@whorl/engine';
import type { NetworkLookup } from '../enrich.ts';
import type { ReportedRequest } from './read-edge-request.ts';

type Listed<N extends string, F> = Partial<Record<N, F>>;

/** What two addresses' lists say together: whatever lists one of them counts. */
const eitherListed = <N extends string, F extends { listed: boolean }>(
  one: Listed<N, F> = {},
  other: Listed<N, F> = {},
): Listed<N, F> => {
  const listed = Object.entries<F | undefined>(one).filter(([, finding]) => finding?.listed);
  return { ...one, ...other, ...Object.fromEntries(listed) };
};

/**
 * What is known of a client that has an address of each family: all that is known of either. It is on a list where one
 * of its addresses is. The address that evidence names is the IPv4 one.
 */
const together = (v4: NetworkFacts, v6: NetworkFacts): NetworkFacts => ({
  ...v4,
  isPublic: v4.isPublic || v6.isPublic,
  ipInfo: { ...v6.ipInfo, ...v4.ipInfo },
  sources: [...new Map([...v4.sources, ...v6.sources].map((source) => [source.name, source])).values()],
  countryOffsets: v4.countryOffsets ?? v6.countryOffsets,
  ...(v4.lists === undefined && v6.lists === undefined
    ? {}
    : { lists: eitherListed<keyof ListFacts, ListFinding>(v4.lists, v6.lists) }),
  crawlers: eitherListed<CrawlerList, CrawlerFinding>(v4.crawlers, v6.crawlers),
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
