import type { Migration } from './migration.ts';

/**
 * What a process that ends in between is made up for: visitors whose erasure takes several steps, until the last of them, and
 * tables whose files may still hold bytes of what was erased. `asked` grows with each erasure, and is the id of its
 * transaction or later (`xid8`), by which is told whether anybody may still see the rows.
 */
export const erasuresDue: Migration = {
  name: '0003-erasures-due',
  sql: `
CREATE TABLE whorl.erasures_due (
  workspace text COLLATE "C" NOT NULL,
  visitor text COLLATE "C" NOT NULL,
  PRIMARY KEY (workspace, visitor)
);
CREATE TABLE whorl.clearing_due (
  name text COLLATE "C" PRIMARY KEY,
  asked bigint NOT NULL
);
`,
};
