import type { Migration } from './migration.ts';

const tenancy = `
CREATE TABLE workspaces (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE environments (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  name TEXT NOT NULL,
  allowed_origins TEXT NOT NULL, -- JSON array
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE, -- SHA-256 of the key; the key itself is nowhere
  kind TEXT NOT NULL CHECK (kind IN ('public', 'secret')),
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  environment_id TEXT REFERENCES environments (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`;

// The narrow row holds what events are searched by; the body is the event. visitor_seq and ip_seq number the events of a
// visitor and of an address by their time: the difference of two numbers counts the events between, however many.
const events = `
CREATE TABLE events (
  row INTEGER PRIMARY KEY,
  bucket INTEGER NOT NULL,
  time INTEGER NOT NULL,
  tail TEXT NOT NULL,
  workspace TEXT NOT NULL,
  environment TEXT NOT NULL,
  visitor TEXT NOT NULL,
  linked_id TEXT, -- as plain-text.ts writes it
  ip BLOB NOT NULL, -- 16 bytes, IPv4 mapped into IPv6
  country TEXT,
  asn TEXT,
  detected INTEGER NOT NULL, -- bits of signal-bits.ts
  clear INTEGER NOT NULL,
  bot TEXT,
  vpn_confidence TEXT,
  suspect INTEGER,
  suspect_score INTEGER,
  sdk_platform TEXT NOT NULL,
  sdk_version TEXT NOT NULL,
  visitor_seq INTEGER NOT NULL,
  ip_seq INTEGER NOT NULL,
  UNIQUE (bucket, time, tail)
) STRICT;

CREATE INDEX events_by_time ON events (workspace, time);
CREATE INDEX events_by_visitor ON events (workspace, visitor, time, visitor_seq);
CREATE INDEX events_by_ip ON events (workspace, ip, time, ip_seq);
CREATE INDEX events_by_linked_id ON events (workspace, linked_id, time) WHERE linked_id IS NOT NULL;

CREATE TABLE bodies (
  row INTEGER PRIMARY KEY REFERENCES events (row) ON DELETE CASCADE,
  body BLOB NOT NULL -- the event's JSON, raw deflate
) STRICT;
`;

// All of this follows from the events and could be made again from them.
const derived = `
CREATE TABLE visitors (
  visitor TEXT NOT NULL,
  workspace TEXT NOT NULL,
  features TEXT NOT NULL, -- JSON, of the last trusted visit
  keys TEXT NOT NULL, -- JSON array: the visitor's rows in identity_keys
  first_seen INTEGER NOT NULL,
  first_seen_server INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  trusted_at INTEGER, -- time of the last trusted visit
  PRIMARY KEY (visitor, workspace)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity_keys (
  key TEXT NOT NULL,
  workspace TEXT NOT NULL,
  last_seen INTEGER NOT NULL,
  visitor TEXT NOT NULL,
  features TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  first_seen_server INTEGER NOT NULL,
  PRIMARY KEY (key, workspace, last_seen, visitor)
) STRICT, WITHOUT ROWID;

CREATE TABLE sightings (
  key TEXT PRIMARY KEY,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Nonces and bodies that were used.
CREATE TABLE remembered (
  hash TEXT NOT NULL,
  kind INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  PRIMARY KEY (hash, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX remembered_by_expiry ON remembered (expires);

-- When a value was last seen with an entity. Filed under the day of that time, so that old rows lie together.
CREATE TABLE links (
  day INTEGER NOT NULL,
  entity TEXT NOT NULL,
  workspace TEXT NOT NULL,
  kind INTEGER NOT NULL,
  value TEXT NOT NULL,
  latest INTEGER NOT NULL,
  PRIMARY KEY (day, entity, workspace, kind, value)
) STRICT, WITHOUT ROWID;
`;

export const firstSchema: Migration = { name: '0001-first-schema', sql: tenancy + events + derived };
