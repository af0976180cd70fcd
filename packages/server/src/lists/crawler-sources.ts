import { type CrawlerList, crawlerLists } from '@whorl/engine';
import type { ListSource } from './list-source.ts';

const DAY = 24 * 3_600_000;

/** What operators publish of their bots, at the addresses that the engine names. */
export const crawlerSources = (): ListSource[] =>
  (Object.entries(crawlerLists) as [CrawlerList, readonly string[]][]).flatMap(([crawler, urls]) =>
    urls.map((url, index) => ({
      name: `crawler-${crawler}${urls.length === 1 ? '' : `-${index + 1}`}`,
      kind: 'crawler' as const,
      format: 'crawler' as const,
      url,
      every: DAY,
      minimumRows: 1,
      mayRest: null,
      crawler,
      licence: 'facts that the operator publishes for this use',
      page: url,
    })),
  );
