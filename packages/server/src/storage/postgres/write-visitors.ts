import { packKeys, packProfile } from '../packed-words.ts';
import type { EventRecord } from '../store.ts';
import { afterEvent } from '../visitor-state.ts';
import { type Change, refile } from './blocking-keys.ts';
import { type HeldVisitor, keyOf, nameOf } from './hold-visitors.ts';
import type { Queries } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

const COLUMNS = {
  number: 'bigint',
  features: 'text',
  profile: 'bytea',
  packed_keys: 'bytea',
  hour: 'integer',
  scope: 'bigint',
  first_seen: 'bigint',
  first_seen_server: 'bigint',
  last_seen: 'bigint',
  trusted_at: 'bigint',
} as const;

/** Null features stay as they were. */
const UPDATE = `UPDATE whorl.visitors v SET features = coalesce(given.features, v.features), profile = given.profile,
    packed_keys = given.packed_keys, hour = given.hour, scope = given.scope, first_seen = given.first_seen,
    first_seen_server = given.first_seen_server, last_seen = given.last_seen, trusted_at = given.trusted_at
  FROM :rows WHERE v.number = given.number`;

const rowOf = ({ number, after }: Change) => ({
  number,
  features: after.features === null ? null : JSON.stringify(after.features),
  profile: after.profile === null ? null : packProfile(after.profile),
  packed_keys: packKeys(after.keys),
  hour: after.hour,
  scope: after.scope,
  first_seen: after.firstSeen,
  first_seen_server: after.firstSeenServer,
  last_seen: after.lastSeen,
  trusted_at: after.trustedAt,
});

/** Updates the visitors of the records from what was held of them, and the rows under their keys where they change. */
export const writeVisitors = async (
  queries: Queries,
  held: readonly HeldVisitor[],
  records: readonly EventRecord[],
): Promise<void> => {
  const changes = new Map<string, Change>(
    held.map(({ name, number, state }) => [keyOf(name), { number, before: state, after: state }]),
  );
  for (const record of records) {
    const change = changes.get(keyOf(nameOf(record)));
    if (change === undefined) throw new Error(`the visitor ${record.event.identity.visitorId} is not held`);
    change.after = afterEvent(change.after, record);
  }
  await withRows(queries, UPDATE, COLUMNS, [...changes.values()].map(rowOf));
  await refile(queries, [...changes.values()]);
};
