import type { CrawlerList } from '@whorl/engine';
import type { CrawlerRanges, LoadedCrawlerList } from '../lookup/crawler-ranges.ts';
import type { HeldList } from './list-answers.ts';

/**
 * Puts fetched addresses of bots in the place of the snapshots that come with the server. Some operators publish in several
 * files: while one of these is missing the snapshot stays, for an address that is in none of the others may be in it, and
 * nobody may be called a liar for that.
 */
export const publishCrawlers = (lists: readonly HeldList[], crawlers: CrawlerRanges): void => {
  const parts = new Map<CrawlerList, (LoadedCrawlerList | null)[]>();
  for (const { source, data, rows } of lists) {
    if (source.crawler === undefined) continue;
    const known = parts.get(source.crawler) ?? [];
    known.push(rows === null ? null : { source: data, ranges: rows.ranges });
    parts.set(source.crawler, known);
  }
  for (const [list, all] of parts) {
    const loaded = all.filter((part) => part !== null);
    if (loaded.length < all.length) continue;
    crawlers.put(list, ...loaded.sort((a, b) => a.source.builtAt - b.source.builtAt));
  }
};
