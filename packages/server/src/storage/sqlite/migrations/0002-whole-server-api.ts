import { fillSearchColumns } from './0002-fill-search-columns.ts';
import type { Migration } from './migration.ts';

// Names were looked for before they were written, so that two could come between. The later of them get their ids behind
// their names, which stay within 100 characters.
const uniqueNames = `
UPDATE workspaces SET name = substr(name, 1, 80) || ' ' || id WHERE EXISTS (
  SELECT 1 FROM workspaces o
  WHERE o.name = workspaces.name AND (o.created_at, o.id) < (workspaces.created_at, workspaces.id)
);
UPDATE environments SET name = substr(name, 1, 80) || ' ' || id WHERE EXISTS (
  SELECT 1 FROM environments o
  WHERE o.workspace_id = environments.workspace_id AND o.name = environments.name
    AND (o.created_at, o.id) < (environments.created_at, environments.id)
);
CREATE UNIQUE INDEX workspaces_name ON workspaces (name);
CREATE UNIQUE INDEX environments_name ON environments (workspace_id, name);
`;

// A CHECK cannot be altered, so the keys move into a table of their own kind.
const tenancy = `
ALTER TABLE workspaces ADD COLUMN region TEXT NOT NULL DEFAULT 'us';
ALTER TABLE workspaces ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
ALTER TABLE workspaces ADD COLUMN disabled_features TEXT NOT NULL DEFAULT '[]'; -- JSON array
ALTER TABLE workspaces ADD COLUMN rate_limits TEXT NOT NULL DEFAULT '{"perKey":null,"perAddress":null}'; -- JSON
ALTER TABLE workspaces ADD COLUMN identity TEXT NOT NULL DEFAULT 'shared';
ALTER TABLE environments ADD COLUMN sealing_key TEXT;

CREATE TABLE api_keys_of_three_kinds (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE, -- SHA-256 of the key; the key itself is nowhere
  kind TEXT NOT NULL CHECK (kind IN ('public', 'secret', 'management')),
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  environment_id TEXT REFERENCES environments (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO api_keys_of_three_kinds
  SELECT id, hash, kind, workspace_id, environment_id, name, prefix, created_at, revoked_at FROM api_keys;
DROP TABLE api_keys;
ALTER TABLE api_keys_of_three_kinds RENAME TO api_keys;
`;

const search = `
ALTER TABLE events ADD COLUMN bot_info TEXT; -- JSON
ALTER TABLE events ADD COLUMN rare_bucket TEXT;
ALTER TABLE events ADD COLUMN proximity_id TEXT; -- as plain-text.ts writes it
ALTER TABLE events ADD COLUMN proximity_radius INTEGER;
ALTER TABLE events ADD COLUMN url_hash INTEGER; -- 48 bits, see search-row.ts
ALTER TABLE events ADD COLUMN origin_hash INTEGER;

-- Requests judged at the edge have no visitor and count for nothing, so they stand apart.
CREATE TABLE edge_events (
  row INTEGER PRIMARY KEY,
  bucket INTEGER NOT NULL,
  time INTEGER NOT NULL,
  tail TEXT NOT NULL,
  workspace TEXT NOT NULL,
  environment TEXT,
  linked_id TEXT,
  ip BLOB NOT NULL,
  asn TEXT,
  detected INTEGER NOT NULL,
  clear INTEGER NOT NULL,
  bot_info TEXT,
  vpn_confidence TEXT NOT NULL,
  url_hash INTEGER NOT NULL,
  UNIQUE (bucket, time, tail)
) STRICT;
CREATE INDEX edge_events_by_time ON edge_events (workspace, time);
CREATE INDEX edge_events_by_ip ON edge_events (workspace, ip, time);
CREATE INDEX edge_events_by_linked_id ON edge_events (workspace, linked_id, time) WHERE linked_id IS NOT NULL;

CREATE TABLE edge_bodies (
  row INTEGER PRIMARY KEY REFERENCES edge_events (row) ON DELETE CASCADE,
  body BLOB NOT NULL
) STRICT;
`;

// What must be known to forget a visitor wholly: which other events name it, and which sightings it made. Sightings of old
// visits bear no name; their first and last times are those of events, and so lead to the visitors that may have made them.
const erasure = `
CREATE TABLE mentions (
  row INTEGER NOT NULL REFERENCES events (row) ON DELETE CASCADE,
  visitor TEXT NOT NULL, -- of another visitor than the event's, named in its body
  PRIMARY KEY (row, visitor)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_visitor ON mentions (visitor);

CREATE TABLE sighting_parts (
  key TEXT NOT NULL,
  workspace TEXT NOT NULL,
  visitor TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (key, workspace, visitor)
) STRICT, WITHOUT ROWID;
INSERT INTO sighting_parts
  SELECT key, events.workspace, visitor, min(time), max(time)
  FROM sightings CROSS JOIN workspaces CROSS JOIN events
    ON events.workspace = workspaces.id AND time IN (first, last)
  GROUP BY key, events.workspace, visitor;
ALTER TABLE visitors ADD COLUMN sightings TEXT NOT NULL DEFAULT '[]'; -- JSON array: the visitor's keys in sighting_parts
UPDATE visitors SET sightings = coalesce(
  (SELECT json_group_array(key) FROM sighting_parts p WHERE p.workspace = visitors.workspace AND p.visitor = visitors.visitor),
  '[]');

-- What is still to be done before nothing is left of what was erased, see clearing.ts. The first version did not overwrite
-- what it deleted or moved: its file is to be written anew once.
CREATE TABLE clearing_due (
  what TEXT PRIMARY KEY,
  asked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO clearing_due SELECT 'file', 1 WHERE EXISTS (SELECT 1 FROM visitors);
`;

const rulesAndWebhooks = `
CREATE TABLE rulesets (
  workspace TEXT NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  rules TEXT NOT NULL, -- JSON
  otherwise TEXT NOT NULL, -- JSON
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL REFERENCES workspaces (id),
  environments TEXT, -- JSON array; null for all
  url TEXT NOT NULL,
  version TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  secrets TEXT NOT NULL, -- JSON
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The pending deliveries of a visitor to a webhook stand in a line by their events' ids, which begin with the time. Only
-- the head of a line is ever due, so looking for what is due does not read what waits behind it.
CREATE TABLE deliveries (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  webhook TEXT NOT NULL REFERENCES webhooks (id),
  workspace TEXT NOT NULL,
  request_id TEXT NOT NULL,
  visitor TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  next_at INTEGER,
  finished_at INTEGER,
  attempts TEXT NOT NULL, -- JSON array
  claim INTEGER NOT NULL DEFAULT 0, -- how often it was taken: the latest one decides
  head INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX deliveries_in_line ON deliveries (webhook, visitor, request_id) WHERE state = 'pending';
CREATE UNIQUE INDEX deliveries_head ON deliveries (webhook, visitor) WHERE head = 1;
CREATE INDEX deliveries_due ON deliveries (webhook, next_at) WHERE head = 1;
CREATE INDEX deliveries_by_event ON deliveries (request_id);
CREATE INDEX deliveries_by_visitor ON deliveries (visitor);
CREATE INDEX deliveries_by_time ON deliveries (workspace, created_at, id);
CREATE INDEX deliveries_pending ON deliveries (workspace, created_at, id) WHERE state = 'pending';
CREATE INDEX deliveries_failed ON deliveries (workspace, created_at, id) WHERE state = 'failed';
CREATE INDEX deliveries_by_webhook ON deliveries (webhook, created_at, id);
CREATE INDEX deliveries_by_finish ON deliveries (finished_at) WHERE finished_at IS NOT NULL;
`;

export const wholeServerApi: Migration = {
  name: '0002-whole-server-api',
  sql: uniqueNames + tenancy + search + erasure + rulesAndWebhooks,
  fill: fillSearchColumns,
};
