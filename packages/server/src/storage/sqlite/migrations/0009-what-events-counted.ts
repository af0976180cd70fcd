import type { Migration } from './migration.ts';

/**
 * What the visit of an event raised the sums by, so that it is taken back when the event is erased. Events of before have none,
 * and neither have those that earlier versions record: what they were counted for fades.
 */
export const whatEventsCounted: Migration = {
  name: '0009-what-events-counted',
  sql: 'ALTER TABLE bodies ADD COLUMN raises BLOB; -- see packed-raises.ts',
  goesOnFrom: 2,
};
