import type { CountStore } from '../store.ts';
import { dropFaintCounts, raiseCounts, readCounts } from './counts.ts';
import type { SqliteWork } from './sqlite-work.ts';

/** The part of the store that keeps sums. */
export const sqliteCounts = (work: SqliteWork): CountStore => ({
  readCounts: (keys) => work.run((database) => readCounts(database, keys)),
  raiseCounts: (raises) => work.write((database) => raiseCounts(database, raises)),
  dropFaintCounts: (from, limit, least) => work.write((database) => dropFaintCounts(database, from, limit, least)),
});
