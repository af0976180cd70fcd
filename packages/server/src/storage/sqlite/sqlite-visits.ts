import { countActivity } from '../count-activity.ts';
import type { VisitStore } from '../store.ts';
import { dailyEvents } from './daily-events.ts';
import { recall } from './recall.ts';
import { record } from './record.ts';
import type { SqliteActivity } from './sqlite-activity.ts';
import type { SqliteWork } from './sqlite-work.ts';

/** The part of the store that every visit passes through. */
export const sqliteVisits = (work: SqliteWork, activity: SqliteActivity): VisitStore => ({
  recall: (requests) => work.run((database) => recall(database, requests)),
  activity: (requests) => work.run((database) => database.read(() => countActivity(requests, activity))),
  dailyEvents: (workspaceId, since, size) => work.run((database) => dailyEvents(database, workspaceId, since, size)),
  record: (records) => work.whenFree((database) => record(database, records)),
});
