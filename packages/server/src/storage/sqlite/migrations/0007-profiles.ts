import type { Migration } from './migration.ts';

// Rows are replaced by versions before, which would take away their numbers and profiles. They are updated instead.
const FORBEAR = `
CREATE TRIGGER visitors_keep_profiles BEFORE INSERT ON visitors
WHEN EXISTS (SELECT 1 FROM visitors WHERE visitor = new.visitor AND workspace = new.workspace)
BEGIN
  UPDATE visitors SET features = new.features, keys = new.keys, sightings = new.sightings, first_seen = new.first_seen,
    first_seen_server = new.first_seen_server, last_seen = new.last_seen, trusted_at = new.trusted_at
  WHERE visitor = new.visitor AND workspace = new.workspace;
  SELECT RAISE(IGNORE);
END;
`;

/**
 * Visitors are compared by profiles, which stand once, in their rows, and are found by numbers that are filed under blocking
 * keys. Rows get numbers for that, so their table is made anew. Visitors that are there have no profile and no such keys yet:
 * they are known by their tokens, and by what they look like from their next visit on.
 *
 * Versions before go on with `identity_keys` and the column `keys`, which begin anew: without a token they know those again
 * that they have seen since. Nobody else reads them; erasing a visitor deletes its rows there, too. Where such a version
 * erases a visitor, rows in `blocking_keys` stay; they lead to a number that nobody has again.
 */
export const profiles: Migration = {
  name: '0007-profiles',
  sql: `
CREATE TABLE numbered_visitors (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  visitor TEXT NOT NULL,
  workspace TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  first_seen_server INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  trusted_at INTEGER, -- time of the last visit that taught
  scope INTEGER, -- hash of the identity scope that it is counted under
  hour INTEGER NOT NULL DEFAULT 0, -- of its rows in blocking_keys
  profile BLOB, -- see packed-words.ts
  packed_keys BLOB NOT NULL DEFAULT x'', -- those of its rows in blocking_keys, see packed-words.ts
  keys TEXT NOT NULL DEFAULT '[]', -- JSON array: those of its rows in identity_keys
  sightings TEXT NOT NULL, -- JSON array: the visitor's keys in sighting_parts
  features TEXT NOT NULL, -- JSON, of the last visit that taught
  UNIQUE (visitor, workspace)
) STRICT;
INSERT INTO numbered_visitors
    (visitor, workspace, first_seen, first_seen_server, last_seen, trusted_at, sightings, features)
  SELECT visitor, workspace, first_seen, first_seen_server, last_seen, trusted_at, sightings, features FROM visitors;
DROP TABLE visitors;
ALTER TABLE numbered_visitors RENAME TO visitors;
DELETE FROM identity_keys;
${FORBEAR}
-- Whom a key leads to: read from its end, latest first.
CREATE TABLE blocking_keys (
  key INTEGER NOT NULL,
  hour INTEGER NOT NULL, -- since 1970, of the visitor's last visit that taught
  visitor INTEGER NOT NULL, -- its number
  PRIMARY KEY (key, hour, visitor)
) STRICT, WITHOUT ROWID;

-- How common what visitors show is: sums that have grown since an epoch, see grown-by.ts.
CREATE TABLE counts (
  key INTEGER PRIMARY KEY,
  count REAL NOT NULL
) STRICT;
`,
  goesOnFrom: 2,
};
