import { type Link, totals } from './chains.ts';
import { share } from './counts.ts';
import { type GroupName, isIn } from './groups.ts';

/** How well ids as a whole part the visits into browsers, 0..1 but for `idsPerBrowser`; null where nothing is counted. */
export type Clustering = {
  /** Of pairs of visits that share an id, those that share a browser; and the other way round. */
  pairPrecision: number | null;
  pairRecall: number | null;
  /** The same by visit: the mean share of its id's visits that are its browser's, and of its browser's that are its id's. */
  bcubedPrecision: number | null;
  bcubedRecall: number | null;
  /** Ids that a browser was given, on average. */
  idsPerBrowser: number | null;
};

/**
 * Pairwise and B-cubed precision and recall (Bagga and Baldwin, 1998; Amigó et al., 2009) of a group's visits, each against
 * all visits: a pair counts for a group by the first of the two.
 */
export const clusteringOf = (links: readonly Link[], group: GroupName): Clustering => {
  const byId = totals(links, ({ id }) => id);
  const byBrowser = totals(links, ({ browser }) => browser);
  const browsers = new Set<number>();
  let [together, ofIds, ofBrowsers, visits, precision, recall, ids] = [0, 0, 0, 0, 0, 0, 0];
  for (const link of links) {
    if (!isIn(link.groups, group)) continue;
    const inId = byId.get(link.id) ?? 0;
    const inBrowser = byBrowser.get(link.browser) ?? 0;
    together += link.visits * (link.visits - 1);
    ofIds += link.visits * (inId - 1);
    ofBrowsers += link.visits * (inBrowser - 1);
    visits += link.visits;
    precision += link.visits ** 2 / inId;
    recall += link.visits ** 2 / inBrowser;
    browsers.add(link.browser);
    ids++;
  }
  return {
    pairPrecision: share(together, ofIds),
    pairRecall: share(together, ofBrowsers),
    bcubedPrecision: share(precision, visits),
    bcubedRecall: share(recall, visits),
    idsPerBrowser: share(ids, browsers.size),
  };
};
