import type { Queries } from './postgres-database.ts';
import { insertRows, withRows } from './table-columns.ts';

/** What of a visitor is copied under each of its keys. */
export type CopiedProfile = { features: string; first_seen: number; first_seen_server: number; last_seen: number };

type Keyed = CopiedProfile & { keys: string[] };

/** A visitor before and after some events. */
type Change = { name: { visitor: string; workspace: string }; before: Keyed; after: Keyed };

type Place = { key: string; workspace: string; last_seen: number; visitor: string };
type Copy = CopiedProfile & Place;

const PLACE = { key: 'text', workspace: 'text', last_seen: 'bigint', visitor: 'text' } as const;
const COPY = { ...PLACE, features: 'text', first_seen: 'bigint', first_seen_server: 'bigint' } as const;
const MOVE = { ...COPY, was_seen: 'bigint' } as const;

const copyOf = ({ name: { visitor, workspace }, after }: Change, key: string): Copy => ({
  key,
  workspace,
  visitor,
  features: after.features,
  first_seen: after.first_seen,
  first_seen_server: after.first_seen_server,
  last_seen: after.last_seen,
});

/** Makes the copies agree with the visitors, which the transaction holds. */
export const writeKeys = async (queries: Queries, changes: readonly Change[]): Promise<void> => {
  const gone: Place[] = [];
  const moved: (Copy & { was_seen: number })[] = [];
  const added: Copy[] = [];
  for (const change of changes) {
    const { before, after, name } = change;
    const [old, now] = [new Set(before.keys), new Set(after.keys)];
    for (const key of old) {
      if (now.has(key)) moved.push({ ...copyOf(change, key), was_seen: before.last_seen });
      else gone.push({ key, visitor: name.visitor, workspace: name.workspace, last_seen: before.last_seen });
    }
    added.push(...[...now].filter((key) => !old.has(key)).map((key) => copyOf(change, key)));
  }
  await withRows(
    queries,
    `DELETE FROM whorl.identity_keys k USING :rows WHERE k.key = given.key AND k.workspace = given.workspace
       AND k.last_seen = given.last_seen AND k.visitor = given.visitor`,
    PLACE,
    gone,
  );
  await withRows(
    queries,
    `UPDATE whorl.identity_keys k SET last_seen = given.last_seen, features = given.features,
       first_seen = given.first_seen, first_seen_server = given.first_seen_server
     FROM :rows WHERE k.key = given.key AND k.workspace = given.workspace AND k.last_seen = given.was_seen
       AND k.visitor = given.visitor`,
    MOVE,
    moved,
  );
  await insertRows(queries, 'identity_keys', COPY, added);
};
