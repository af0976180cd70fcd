import type { CountStore } from '../store.ts';
import { dropFaintCounts, raiseCounts, readCounts } from './counts.ts';
import type { PostgresWork } from './postgres-work.ts';

/** The part of the store that keeps sums. */
export const postgresCounts = (work: PostgresWork): CountStore => ({
  readCounts: (keys) => work.run((database) => readCounts(database, keys)),
  raiseCounts: (raises) => work.write((queries) => raiseCounts(queries, raises)),
  dropFaintCounts: (from, limit, least) => work.write((queries) => dropFaintCounts(queries, from, limit, least)),
});
