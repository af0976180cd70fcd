import type { Queries } from './postgres-database.ts';

/** Marks advisory locks as ours among those of other programs on the same database: `Whrl` in ASCII. */
const OURS = 0x5768726c;

/** Locks of the schema. Those below {@link KEY_LOCKS} are for blocking keys. */
const SCHEMA_LOCK = -1;

/**
 * So many locks stand for all blocking keys. Two keys may share one, which makes a batch wait in vain now and then; but a
 * batch of hundreds of keys must fit into the server's table of locks, together with those of other servers.
 */
const KEY_LOCKS = 1_024;

/** Waits until nobody else changes the schema, and keeps others out until the transaction ends. */
export const lockSchema = async (queries: Queries): Promise<void> => {
  await queries.run('SELECT pg_advisory_xact_lock($1, $2)', OURS, SCHEMA_LOCK);
};

/**
 * Waits until no other transaction looks for newcomers under these keys, and keeps others out until this one ends. Locks
 * are taken in ascending order, so that no two transactions ever wait for each other.
 */
export const lockKeys = async (queries: Queries, keys: Iterable<number>): Promise<void> => {
  const locks = new Set([...keys].map((key) => key % KEY_LOCKS));
  if (locks.size === 0) return;
  const ascending = [...locks].sort((one, other) => one - other);
  await queries.run('SELECT pg_advisory_xact_lock($1, lock) FROM unnest($2::int[]) AS lock', OURS, ascending);
};
