import type { Migration } from './migration.ts';

/** Visitors whose erasure takes several steps, until the last of them: a process that ends in between is made up for. */
export const erasuresDue: Migration = {
  name: '0005-erasures-due',
  sql: `
CREATE TABLE erasures_due (
  workspace TEXT NOT NULL,
  visitor TEXT NOT NULL,
  PRIMARY KEY (workspace, visitor)
) STRICT, WITHOUT ROWID;
`,
  goesOnFrom: 2,
};
