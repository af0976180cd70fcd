import type { Migration } from './migration.ts';

// Texts are compared byte by byte (COLLATE "C"): an index then depends on no version of a locale, and ids sort alike
// everywhere. Documents are JSON as text: PostgreSQL's jsonb refuses the zero bytes that a name may hold.
const tenancy = `
CREATE TABLE whorl.workspaces (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL CONSTRAINT workspaces_name UNIQUE,
  created_at bigint NOT NULL,
  body text NOT NULL
);

CREATE TABLE whorl.environments (
  id text COLLATE "C" PRIMARY KEY,
  workspace text COLLATE "C" NOT NULL REFERENCES whorl.workspaces (id),
  name text COLLATE "C" NOT NULL,
  sealed boolean NOT NULL, -- whether it has a sealing key
  created_at bigint NOT NULL,
  body text NOT NULL,
  CONSTRAINT environments_name UNIQUE (workspace, name)
);

CREATE TABLE whorl.api_keys (
  hash text COLLATE "C" PRIMARY KEY, -- SHA-256 of the key; the key itself is nowhere
  id text COLLATE "C" NOT NULL UNIQUE,
  workspace text COLLATE "C" NOT NULL REFERENCES whorl.workspaces (id),
  environment text COLLATE "C" REFERENCES whorl.environments (id),
  created_at bigint NOT NULL,
  revoked_at bigint,
  body text NOT NULL
);

CREATE TABLE whorl.secrets (
  name text COLLATE "C" PRIMARY KEY,
  value bytea NOT NULL
);

CREATE TABLE whorl.rulesets (
  workspace text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (workspace, id)
);
`;

// The narrow row holds what events are searched by; the body is the event's JSON, raw deflate, which PostgreSQL need not
// try to compress again. Ranges of time are partitions, which partitions.ts makes ahead.
const events = `
CREATE TABLE whorl.events (
  bucket smallint NOT NULL,
  time bigint NOT NULL,
  tail text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  environment text COLLATE "C" NOT NULL,
  visitor text COLLATE "C" NOT NULL,
  ip bytea NOT NULL, -- 16 bytes, IPv4 mapped into IPv6
  country text COLLATE "C",
  linked_id text COLLATE "C", -- as plain-text.ts writes it, as every text that a visitor may choose
  asn text COLLATE "C",
  detected bigint NOT NULL, -- bits of signal-bits.ts
  clear bigint NOT NULL,
  bot text COLLATE "C" NOT NULL,
  bot_info text,
  vpn_confidence text COLLATE "C" NOT NULL,
  suspect smallint,
  suspect_score double precision NOT NULL,
  rare_bucket text COLLATE "C",
  proximity_id text COLLATE "C",
  proximity_radius double precision,
  sdk_platform text COLLATE "C" NOT NULL,
  sdk_version text COLLATE "C" NOT NULL,
  url_hash bigint NOT NULL,
  origin_hash bigint,
  PRIMARY KEY (bucket, time, tail)
) PARTITION BY RANGE (time);

CREATE TABLE whorl.events_rest PARTITION OF whorl.events DEFAULT;

CREATE INDEX events_by_time ON whorl.events (workspace, time, tail);
CREATE INDEX events_by_visitor ON whorl.events (workspace, visitor, time);
CREATE INDEX events_by_ip ON whorl.events (workspace, ip, time);
CREATE INDEX events_by_linked_id ON whorl.events (workspace, linked_id, time) WHERE linked_id IS NOT NULL;

CREATE TABLE whorl.event_bodies (
  bucket smallint NOT NULL,
  time bigint NOT NULL,
  tail text COLLATE "C" NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (bucket, time, tail)
) PARTITION BY RANGE (time);

ALTER TABLE whorl.event_bodies ALTER body SET STORAGE EXTERNAL;
CREATE TABLE whorl.event_bodies_rest PARTITION OF whorl.event_bodies DEFAULT;

-- Which other visitors the events name, so that they can be found when one of those is erased.
CREATE TABLE whorl.mentions (
  visitor text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  bucket smallint NOT NULL,
  time bigint NOT NULL,
  tail text COLLATE "C" NOT NULL,
  PRIMARY KEY (visitor, workspace, bucket, time, tail)
);

CREATE INDEX mentions_by_event ON whorl.mentions (bucket, time, tail);

CREATE TABLE whorl.edge_events (
  bucket smallint NOT NULL,
  time bigint NOT NULL,
  tail text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  environment text COLLATE "C",
  ip bytea NOT NULL,
  linked_id text COLLATE "C",
  asn text COLLATE "C",
  detected bigint NOT NULL,
  clear bigint NOT NULL,
  bot_info text,
  vpn_confidence text COLLATE "C" NOT NULL,
  url_hash bigint NOT NULL,
  body bytea NOT NULL,
  PRIMARY KEY (bucket, time, tail)
) PARTITION BY RANGE (time);

ALTER TABLE whorl.edge_events ALTER body SET STORAGE EXTERNAL;
CREATE TABLE whorl.edge_events_rest PARTITION OF whorl.edge_events DEFAULT;

CREATE INDEX edge_events_by_time ON whorl.edge_events (workspace, time, tail);
CREATE INDEX edge_events_by_ip ON whorl.edge_events (workspace, ip, time);
CREATE INDEX edge_events_by_linked_id ON whorl.edge_events (workspace, linked_id, time) WHERE linked_id IS NOT NULL;
`;

// All of this follows from the events and could be made again from them. Rows that are often updated leave room on their
// page, so that the new version stands beside the old one and no index changes.
const derived = `
CREATE TABLE whorl.visitors (
  visitor text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  features text NOT NULL, -- JSON, of the last trusted visit
  keys text[] NOT NULL DEFAULT '{}', -- the visitor's rows in identity_keys
  first_seen bigint NOT NULL,
  first_seen_server bigint NOT NULL,
  last_seen bigint NOT NULL,
  trusted_at bigint, -- time of the last trusted visit
  PRIMARY KEY (visitor, workspace)
) WITH (fillfactor = 80);

CREATE TABLE whorl.identity_keys (
  key text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  last_seen bigint NOT NULL,
  visitor text COLLATE "C" NOT NULL,
  features text NOT NULL,
  first_seen bigint NOT NULL,
  first_seen_server bigint NOT NULL,
  PRIMARY KEY (key, workspace, last_seen, visitor)
);

CREATE TABLE whorl.sightings (
  key text COLLATE "C" PRIMARY KEY,
  first bigint NOT NULL,
  last bigint NOT NULL
) WITH (fillfactor = 80);

-- Who made a sighting: when a visitor is erased, the rest of it is what the others saw.
CREATE TABLE whorl.sighting_visitors (
  key text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  visitor text COLLATE "C" NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (key, workspace, visitor)
) WITH (fillfactor = 80);

CREATE INDEX sighting_visitors_by_visitor ON whorl.sighting_visitors (visitor, workspace);

-- Nonces and bodies that were used.
CREATE TABLE whorl.remembered (
  hash text COLLATE "C" NOT NULL,
  kind smallint NOT NULL,
  expires bigint NOT NULL,
  PRIMARY KEY (hash, kind)
);

CREATE INDEX remembered_by_expiry ON whorl.remembered (expires);

-- When a value was last seen with an entity. The day, and not the time, is indexed for the sweep: it seldom changes.
CREATE TABLE whorl.links (
  entity text COLLATE "C" NOT NULL,
  workspace text COLLATE "C" NOT NULL,
  kind smallint NOT NULL,
  value text COLLATE "C" NOT NULL,
  latest bigint NOT NULL,
  day integer NOT NULL,
  PRIMARY KEY (entity, workspace, kind, value)
) WITH (fillfactor = 80);

CREATE INDEX links_by_day ON whorl.links (day);
`;

const webhooks = `
CREATE TABLE whorl.webhooks (
  id text COLLATE "C" PRIMARY KEY,
  workspace text COLLATE "C" NOT NULL,
  enabled boolean NOT NULL,
  created_at bigint NOT NULL,
  body text NOT NULL
);

-- The pending deliveries of a visitor to a webhook stand in a line by their events' ids, which begin with the time. Only
-- the head of the line can be due.
CREATE TABLE whorl.deliveries (
  id text COLLATE "C" PRIMARY KEY,
  webhook text COLLATE "C" NOT NULL REFERENCES whorl.webhooks (id) ON DELETE CASCADE,
  workspace text COLLATE "C" NOT NULL,
  request_id text COLLATE "C" NOT NULL,
  visitor text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  due bigint, -- null when it is not pending
  finished_at bigint, -- null while it is pending
  head boolean NOT NULL DEFAULT false, -- the first in its line
  claim integer NOT NULL DEFAULT 0, -- how often it was taken: the latest one decides
  attempts text NOT NULL -- JSON array
) WITH (fillfactor = 80);

CREATE INDEX deliveries_due ON whorl.deliveries (webhook, due, request_id) WHERE head;
CREATE INDEX deliveries_head ON whorl.deliveries (webhook, visitor) WHERE head;
CREATE INDEX deliveries_in_line ON whorl.deliveries (webhook, visitor, request_id) WHERE state = 'pending';
CREATE INDEX deliveries_listed ON whorl.deliveries (workspace, created_at, id);
CREATE INDEX deliveries_by_visitor ON whorl.deliveries (workspace, visitor);
CREATE INDEX deliveries_by_webhook ON whorl.deliveries (webhook);
CREATE INDEX deliveries_finished ON whorl.deliveries (finished_at) WHERE state <> 'pending';
`;

export const firstSchema: Migration = {
  name: '0001-first-schema',
  sql: tenancy + events + derived + webhooks,
};
