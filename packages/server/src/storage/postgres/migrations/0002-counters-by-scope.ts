import type { Migration } from './migration.ts';

/**
 * Environments whose visitors are their own are counted by themselves. The rows of `links` need no column for it: what
 * stands in their column `workspace` is the scope, which is the environment there. The events of an address are counted
 * within a scope, and so are found by it; the index grows by nothing, since the empty text takes a byte that was padding.
 * Events that are there already, and those of earlier versions beside this one, are counted with their workspace.
 *
 * The address comes first: with the workspace first, this index would seem as good as `events_by_visitor` for the events of
 * a visitor while a partition is new and nothing is known of it, and a plan made then reads the whole day each time.
 */
export const countersByScope: Migration = {
  name: '0002-counters-by-scope',
  sql: `
ALTER TABLE whorl.events ADD COLUMN scope text COLLATE "C" NOT NULL DEFAULT ''; -- the environment that counts by itself
DROP INDEX whorl.events_by_ip;
CREATE INDEX events_by_ip ON whorl.events (ip, workspace, scope, time);
`,
};
