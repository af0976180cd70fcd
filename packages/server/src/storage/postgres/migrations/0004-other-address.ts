import type { Migration } from './migration.ts';

/**
 * The second address of a client that was reported with one of each family, so that it is found by either. No statement can
 * read it from the bodies of events that are there already: those are found by their first, until they are swept.
 */
export const otherAddress: Migration = {
  name: '0004-other-address',
  sql: 'ALTER TABLE whorl.edge_events ADD COLUMN other_ip bytea;',
};
