import type { VisitStore } from '../store.ts';
import { dailyEvents } from './daily-events.ts';
import type { PostgresActivity } from './postgres-activity.ts';
import type { PostgresWork } from './postgres-work.ts';
import { recall } from './recall.ts';
import { record } from './record.ts';

/** The part of the store that every visit passes through. */
export const postgresVisits = (work: PostgresWork, activity: PostgresActivity): VisitStore => ({
  recall: (requests) => work.snapshot((queries) => recall(queries, requests)),
  activity: (requests) => work.snapshot((queries) => activity.count(queries, requests)),
  dailyEvents: (workspaceId, since, size) => work.run((database) => dailyEvents(database, workspaceId, since, size)),
  record: (records) => work.run((database) => record(database, records)),
});
