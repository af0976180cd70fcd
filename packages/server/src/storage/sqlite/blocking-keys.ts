import { VISITORS_PER_KEY } from '../store.ts';
import type { Filed } from '../visitor-state.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** The visitors of one key that are read, as a JSON array of their numbers, latest first. */
const LINE = `SELECT json_group_array(visitor) FROM
  (SELECT visitor FROM blocking_keys WHERE key = asked.value ORDER BY hour DESC, visitor DESC LIMIT ${VISITORS_PER_KEY})`;

/** For each key in order, the numbers of the visitors under it, latest first, at most `VISITORS_PER_KEY`. */
export const readLines = (database: SqliteDatabase, keys: readonly number[]): number[][] =>
  keys.length === 0
    ? []
    : database
        .all<{ line: string }>(`SELECT (${LINE}) AS line FROM json_each(?) asked`, JSON.stringify(keys))
        .map(({ line }) => JSON.parse(line) as number[]);

const asJson = (rows: readonly Filed[]): string => JSON.stringify(rows.map(({ key, hour }) => [key, hour]));

/** Takes a visitor out of lines, and puts it into others. Within a transaction. */
export const refile = (
  database: SqliteDatabase,
  visitor: number,
  { gone, added }: { gone: readonly Filed[]; added: readonly Filed[] },
): void => {
  if (gone.length > 0) {
    database.run(
      `DELETE FROM blocking_keys WHERE (key, hour, visitor) IN (SELECT value ->> 0, value ->> 1, ? FROM json_each(?))`,
      visitor,
      asJson(gone),
    );
  }
  if (added.length > 0) {
    database.run(
      'INSERT INTO blocking_keys (key, hour, visitor) SELECT value ->> 0, value ->> 1, ? FROM json_each(?)',
      visitor,
      asJson(added),
    );
  }
};
