import type { Migration } from './migration.ts';

/**
 * What the visit of an event raised the sums by, so that it is taken back when the event is erased. Events of before have none,
 * and neither have those that servers of an earlier version record: what they were counted for fades.
 */
export const whatEventsCounted: Migration = {
  name: '0006-what-events-counted',
  sql: `
ALTER TABLE whorl.event_bodies ADD COLUMN raises bytea; -- see packed-raises.ts
ALTER TABLE whorl.event_bodies ALTER raises SET STATISTICS 0;
`,
};
