import type { Migration } from './migration.ts';

/** Visitors whose erasure takes several steps, until the last of them: a process that ends in between is made up for. */
export const erasuresDue: Migration = {
  name: '0003-erasures-due',
  sql: `
CREATE TABLE whorl.erasures_due (
  workspace text COLLATE "C" NOT NULL,
  visitor text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace, visitor)
);
`,
};
