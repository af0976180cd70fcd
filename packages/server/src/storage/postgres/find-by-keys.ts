import { foundBy } from '../found-by.ts';
import { unpackProfile } from '../packed-words.ts';
import type { FoundVisitor, RecallRequest, Recollection } from '../store.ts';
import { readLines } from './blocking-keys.ts';
import type { Queries } from './postgres-database.ts';

type Row = {
  number: number;
  visitor: string;
  workspace: string;
  profile: Buffer;
  first_seen: number;
  first_seen_server: number;
  last_seen: number;
};

type Known = Omit<FoundVisitor, 'foundBy'> & { workspaceId: string };

const readKnown = async (queries: Queries, numbers: Iterable<number>): Promise<Map<number, Known>> => {
  const rows = await queries.all<Row>(
    `SELECT number, visitor, workspace, profile, first_seen, first_seen_server, last_seen FROM whorl.visitors
     WHERE number = ANY ($1::bigint[]) AND profile IS NOT NULL`,
    [...numbers],
  );
  return new Map(
    rows.map((row) => [
      row.number,
      {
        workspaceId: row.workspace,
        visitorId: row.visitor,
        profile: unpackProfile(row.profile),
        firstSeen: { workspace: row.first_seen, server: row.first_seen_server },
        lastSeen: { workspace: row.last_seen, server: row.last_seen },
      },
    ]),
  );
};

/** For each request in order, whom its keys lead to, by two questions, however many they are. See `Recollection`. */
export const findByKeys = async (
  queries: Queries,
  requests: readonly Pick<RecallRequest, 'workspaceId' | 'keys'>[],
): Promise<Pick<Recollection, 'found' | 'read'>[]> => {
  const lines = await readLines(
    queries,
    requests.flatMap(({ keys }) => keys),
  );
  let from = 0;
  const asked = requests.map(({ workspaceId, keys }) => {
    const own = lines.slice(from, from + keys.length);
    from += keys.length;
    return { workspaceId, read: own.map((line) => line.length), masks: foundBy(own) };
  });
  const known = await readKnown(queries, new Set(asked.flatMap(({ masks }) => [...masks.keys()])));
  return asked.map(({ workspaceId, read, masks }) => ({
    read,
    found: [...masks].flatMap(([number, mask]) => {
      const visitor = known.get(number);
      if (visitor?.workspaceId !== workspaceId) return [];
      const { visitorId, profile, firstSeen, lastSeen } = visitor;
      return [{ visitorId, profile, firstSeen, lastSeen, foundBy: mask }];
    }),
  }));
};
