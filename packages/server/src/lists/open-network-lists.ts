import type { CrawlerRanges } from '../lookup/crawler-ranges.ts';
import { builtInLists } from './built-in-lists.ts';
import type { ListLog } from './list-log.ts';
import type { ListStatus } from './list-status.ts';
import { listsDirectory } from './lists-directory.ts';
import { NetworkLists } from './network-lists.ts';
import type { OpenAsns } from './read-list.ts';
import { readListsFile } from './read-lists-file.ts';

/** The settings that decide which lists there are. */
export type ListSettings = { networkLists: boolean; networkListsFile: string | null; dataDir: string };

export type ListSurroundings = {
  crawlers: CrawlerRanges;
  /** The server's own data of autonomous systems. */
  asns: OpenAsns;
  log: ListLog;
  metrics: { fetched(name: string, outcome: string): void; watch(figures: () => ListStatus[]): void };
};

/**
 * The network lists of a server, not loaded yet; undefined where they are switched off. Rejects with NetworkDataError where the
 * operator's file is no good.
 */
export const openNetworkLists = async (
  { networkLists, networkListsFile, dataDir }: ListSettings,
  { crawlers, asns, log, metrics }: ListSurroundings,
): Promise<NetworkLists | undefined> => {
  if (!networkLists) return undefined;
  const sources = await readListsFile(networkListsFile, builtInLists);
  const lists = new NetworkLists({
    sources,
    dir: listsDirectory(dataDir),
    crawlers,
    asns,
    log,
    count: metrics.fetched,
  });
  metrics.watch(() => lists.status());
  return lists;
};
