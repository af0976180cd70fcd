import type { Migration } from './migration.ts';

/**
 * How many numbers are skipped before an event in its lines, see event-line.ts: an event that comes late, or is erased,
 * changes one row and no longer those of all later events. Lines that are there skip none, and earlier versions, which
 * number every event anew, go on doing so; until they are replaced they count wrongly where there was a late or an
 * erased event within the last day.
 */
export const skippedNumbers: Migration = {
  name: '0004-skipped-numbers',
  sql: `
ALTER TABLE events ADD COLUMN visitor_skip INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN ip_skip INTEGER NOT NULL DEFAULT 0;
CREATE INDEX events_visitor_skips ON events (workspace, visitor, time, visitor_skip) WHERE visitor_skip <> 0;
CREATE INDEX events_ip_skips ON events (workspace, ip, scope, time, ip_skip) WHERE ip_skip <> 0;
`,
  goesOnFrom: 2,
};
