import type { Migration } from './migration.ts';

/** How sure a workspace wants a link without a token to be. Those of before, and of earlier versions beside, have the default. */
export const linking: Migration = {
  name: '0008-linking',
  sql: "ALTER TABLE workspaces ADD COLUMN linking TEXT NOT NULL DEFAULT 'default';",
  goesOnFrom: 2,
};
