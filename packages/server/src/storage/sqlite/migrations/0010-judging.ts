import type { Migration } from './migration.ts';

/** Points of the suspect score and the floor of high activity that a workspace has chosen itself: none, for those of before. */
export const judging: Migration = {
  name: '0010-judging',
  sql: `ALTER TABLE workspaces ADD COLUMN suspect_weights TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE workspaces ADD COLUMN high_activity_floor INTEGER;`,
  goesOnFrom: 2,
};
