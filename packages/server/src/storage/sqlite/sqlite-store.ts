import type { Store } from '../store.ts';
import { GapClearing } from './gap-clearing.ts';
import { SqliteActivity } from './sqlite-activity.ts';
import { sqliteCounts } from './sqlite-counts.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { sqliteEvents } from './sqlite-events.ts';
import { sqliteRulesets } from './sqlite-rulesets.ts';
import { sqliteTenancy } from './sqlite-tenancy.ts';
import { sqliteUpkeep } from './sqlite-upkeep.ts';
import { sqliteVisits } from './sqlite-visits.ts';
import { sqliteWebhooks } from './sqlite-webhooks.ts';
import { SqliteWork } from './sqlite-work.ts';

/**
 * The store in one SQLite file, which several processes may share. Each method runs to its end before another begins, but
 * for those that delete very much, and those that wait while another process writes.
 */
export const sqliteStore = (database: SqliteDatabase): Store => {
  const work = new SqliteWork(database);
  const clearing = new GapClearing(database);
  return {
    ...sqliteUpkeep(work, clearing),
    ...sqliteTenancy(work),
    ...sqliteVisits(work, new SqliteActivity(database)),
    ...sqliteEvents(work, clearing),
    ...sqliteCounts(work),
    ...sqliteRulesets(work),
    ...sqliteWebhooks(work),
  };
};
