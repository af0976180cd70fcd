import { LINK_KINDS, type Link } from '../links.ts';
import { correctLinks } from './correct-links.ts';
import type { Queries } from './postgres-database.ts';

/**
 * Corrects the counters that still know the visitor when its events are gone: none, unless something went wrong before,
 * and then a further call mends it. Returns how many there were.
 */
export const eraseStrayLinks = async (queries: Queries, workspaceId: string, visitorId: string): Promise<number> => {
  const strays = await queries.all<Pick<Link, 'scope' | 'kind' | 'value'>>(
    `SELECT workspace AS scope, kind, value FROM whorl.links WHERE entity = $1 AND kind = ANY ($3::smallint[])
       AND workspace IN (SELECT $2::text UNION ALL SELECT id FROM whorl.environments WHERE workspace = $2)`,
    visitorId,
    workspaceId,
    [LINK_KINDS.visitorIps, LINK_KINDS.visitorLinkedIds, LINK_KINDS.visitorCountries],
  );
  const links = strays.flatMap(({ scope, kind, value }): Link[] => {
    const own: Link = { workspaceId, scope, kind, entity: visitorId, value };
    if (kind !== LINK_KINDS.visitorLinkedIds) return [own];
    // The same the other way round: the visitor among those of its linked id.
    return [own, { workspaceId, scope, kind: LINK_KINDS.linkedIdVisitors, entity: value, value: visitorId }];
  });
  await correctLinks(queries, links);
  return strays.length;
};
