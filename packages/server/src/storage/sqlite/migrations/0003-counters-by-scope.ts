import type { Migration } from './migration.ts';

/**
 * Environments whose visitors are their own are counted by themselves. The rows of `links` need no column for it: what
 * stands in their column `workspace` is the scope, which is the environment there. The events of an address are numbered
 * within a scope, and so are found by it. Events that are there already have been counted with their workspace.
 */
export const countersByScope: Migration = {
  name: '0003-counters-by-scope',
  sql: `
ALTER TABLE events ADD COLUMN scope TEXT NOT NULL DEFAULT ''; -- the environment that counts by itself, see count-scope.ts
DROP INDEX events_by_ip;
CREATE INDEX events_by_ip ON events (workspace, ip, scope, time, ip_seq);
`,
  goesOnFrom: 2,
};
