import type { Store } from '../store.ts';
import { PartitionMaker } from './partitions.ts';
import { PostgresActivity } from './postgres-activity.ts';
import { postgresCounts } from './postgres-counts.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { postgresEvents } from './postgres-events.ts';
import { postgresRulesets } from './postgres-rulesets.ts';
import { postgresTenancy } from './postgres-tenancy.ts';
import { postgresUpkeep } from './postgres-upkeep.ts';
import { postgresVisits } from './postgres-visits.ts';
import { postgresWebhooks } from './postgres-webhooks.ts';
import { PostgresWork } from './postgres-work.ts';

/**
 * The store in a PostgreSQL database, in the schema `whorl`. Any number of servers may share it. `url` is shown in errors,
 * without its password.
 */
export const postgresStore = (database: PostgresDatabase, url: string): Store => {
  const work = new PostgresWork(database, url);
  return {
    ...postgresUpkeep(work, new PartitionMaker(database)),
    ...postgresTenancy(work),
    ...postgresVisits(work, new PostgresActivity()),
    ...postgresEvents(work),
    ...postgresCounts(work),
    ...postgresRulesets(work),
    ...postgresWebhooks(work),
  };
};
