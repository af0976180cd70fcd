import { WINDOWS } from '../count-activity.ts';
import { LINK_KINDS, type Link } from '../links.ts';
import type { Queries } from './postgres-database.ts';
import { asShown, SHOWN_BY, type ShownAs, shownAs } from './shown-by.ts';
import { withRows } from './table-columns.ts';

const ENTRY = { entity: 'text', workspace: 'text', kind: 'smallint', value: 'text' } as const;
const IS_ENTRY = `l.entity = given.entity AND l.workspace = given.workspace AND l.kind = given.kind
  AND l.value = given.value`;

type Entry = { entity: string; workspace: string; kind: number; value: string };
type Seen = Link & { latest: number | null };

const entryOf = ({ scope, kind, entity, value }: Link): Entry => ({
  entity,
  workspace: scope,
  kind,
  value,
});

/** When the events last show each link; null where none of them does. */
const seenOf = async (queries: Queries, kind: Link['kind'], links: readonly Link[]): Promise<Seen[]> => {
  const { entity, value } = SHOWN_BY[kind];
  const rows = await withRows<ShownAs, { latest: number | null }>(
    queries,
    `SELECT (
       SELECT e.time FROM whorl.events e
       WHERE e.workspace = given.workspace AND e.scope = given.scope AND e.${entity} = given.entity AND e.${value} = given.value
       ORDER BY e.time DESC LIMIT 1) AS latest
     FROM :rows ORDER BY at`,
    shownAs(kind),
    links.map(asShown),
  );
  return links.map((link, at) => ({ ...link, latest: rows[at]?.latest ?? null }));
};

/**
 * Makes entries of the counters say what the events say, after some of these have gone or changed. The entries are held
 * first: whoever writes one at the same moment has then either been counted, or comes after.
 */
export const correctLinks = async (queries: Queries, links: readonly Link[]): Promise<void> => {
  const held = await withRows<Entry, { at: number }>(
    queries,
    `SELECT at FROM :rows JOIN whorl.links l ON ${IS_ENTRY} ORDER BY l.entity, l.workspace, l.kind, l.value
     FOR UPDATE OF l`,
    ENTRY,
    links.map(entryOf),
  );
  const there = held.flatMap(({ at }) => links[at - 1] ?? []);
  const seen: Seen[] = [];
  for (const kind of Object.values(LINK_KINDS)) {
    seen.push(
      ...(await seenOf(
        queries,
        kind,
        there.filter((link) => link.kind === kind),
      )),
    );
  }
  await withRows<Entry & { latest: number }, never>(
    queries,
    `UPDATE whorl.links l SET latest = given.latest, day = div(given.latest, ${WINDOWS.day}) FROM :rows WHERE ${IS_ENTRY}`,
    { ...ENTRY, latest: 'bigint' },
    seen.flatMap((link) => (link.latest === null ? [] : [{ ...entryOf(link), latest: link.latest }])),
  );
  await withRows<Entry, never>(
    queries,
    `DELETE FROM whorl.links l USING :rows WHERE ${IS_ENTRY}`,
    ENTRY,
    seen.filter(({ latest }) => latest === null).map(entryOf),
  );
};
