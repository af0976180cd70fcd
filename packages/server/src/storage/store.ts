import type { ApiKey, Environment, Event, SeenAt, Workspace } from '@whorl/contract';
import type { ActivityFacts, Features } from '@whorl/engine';

/**
 * What the server asks of a database. Everything is asynchronous and the hot path is batch-shaped, so that SQLite in the
 * process, one PostgreSQL and a Citus cluster fit the same interface. One suite (`testing/store-suite.ts`) runs on every one.
 *
 * Promises reject only for bugs and, with a `StoreError`, for a database that is out of order; all that callers expect is
 * a value.
 */

/** What the store knows a visitor by. `features` are those of its last trusted visit. */
export type VisitorRow = { visitorId: string; features: Features; firstSeen: SeenAt; lastSeen: SeenAt };

/** One observation's question: who do these keys and ids lead to, and was this nonce used or this body seen before? */
export type RecallRequest = {
  workspaceId: string;
  /** Visitors that tokens name. */
  visitorIds: string[];
  /** Hashes of blocking keys, 16 hexadecimal digits. */
  keys: string[];
  /** Hash of the nonce, and of the body without it. */
  nonce: string;
  bodyHash: string;
  /** Hash of the exact key without the workspace: tells when any workspace of this server saw such a browser. */
  sightingKey: string | null;
};

export type Recollection = {
  /** Of `visitorIds`, those known to this workspace. */
  visitors: VisitorRow[];
  /** For each key in the request's order: its most recently seen visitors, newest first, at most `CANDIDATES_PER_KEY`. */
  byKey: VisitorRow[][];
  nonceUsed: boolean;
  bodySeen: boolean;
  /** First and last time of the sighting key in any workspace; null when never. Unix milliseconds. */
  sighting: { first: number; last: number } | null;
};

/** At most so many visitors are read for one key, so that the work of an event does not grow with the crowd. */
export const CANDIDATES_PER_KEY = 48;

/** Distinct values of one visitor or linked id in a day up to which every count is exact. */
export const BUSY_VALUES = 20_000;

/** One event's question for the counters. */
export type ActivityRequest = {
  workspaceId: string;
  visitorId: string;
  ip: string;
  linkedId: string | null;
  /** Two-letter country of the address. */
  country: string | null;
  /** The event's time, unix milliseconds; windows reach back from it, inclusive at both ends. */
  time: number;
};

/**
 * Events per visitor. `complete`: every visitor with an event is among them; otherwise visitors were drawn by their events,
 * so that one with twice the events was twice as likely to be drawn.
 */
export type DailyEventsSample = { counts: number[]; complete: boolean };

/** Whether and how an event is to be recorded. All of it or nothing. */
export type EventRecord = {
  event: Event;
  /** Two-letter country of the address, for the counters. */
  country: string | null;
  /** Null when the nonce is already known to be used, or was never valid: nothing to claim. */
  nonce: string | null;
  bodyHash: string;
  /** After this time nonce and body hash need not be remembered. Unix milliseconds. */
  nonceExpires: number;
  /** As in the recall; null leaves no sighting. */
  sightingKey: string | null;
  /** Features and keys to store for the visitor; null when the link is too unsure to overwrite what is known. */
  profile: { features: Features; keys: string[] } | null;
};

/**
 * `recorded`: durable. `id-taken`: another event has this id. `nonce-used`: between recall and record another process
 * recorded the same nonce. In the latter two nothing of this record was stored, and the caller judges again.
 */
export type RecordOutcome = 'recorded' | 'id-taken' | 'nonce-used';

/** What a key may do, as found by its hash. */
export type KeyGrant = { key: ApiKey; workspace: Workspace; environment: Environment | null };

/** A key to be stored. `hash`: SHA-256 of the whole key, hexadecimal. */
export type NewKey = { key: ApiKey; hash: string };

export interface Store {
  /** Name of the database kind, for logs and `/readyz`. */
  readonly kind: string;
  /** Brings the schema up to date, under a lock, one process at a time. Returns the names of the migrations applied. */
  migrate(): Promise<string[]>;
  /**
   * To be called by a server before it serves. Rejects with a StoreError where another server has the database and this
   * kind cannot be shared between servers; commands need no claim.
   */
  claim(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;

  /** The server's secret of this name, 32 bytes, made at first use; every process gets the same. */
  secret(name: string): Promise<Buffer>;

  /** Leaves a workspace of this id as it is; so does the next with an environment. */
  createWorkspace(workspace: Workspace): Promise<void>;
  workspaces(): Promise<Workspace[]>;
  createEnvironment(environment: Environment): Promise<void>;
  environments(workspaceId: string): Promise<Environment[]>;
  /** False when there is no such environment. */
  setAllowedOrigins(environmentId: string, origins: string[]): Promise<boolean>;
  /** False, storing nothing, when the hash is already known. */
  addKey(key: NewKey): Promise<boolean>;
  keys(workspaceId: string): Promise<ApiKey[]>;
  /** Revokes at `time`; false when there is no such key, or it was revoked before. */
  revokeKey(keyId: string, time: number): Promise<boolean>;
  /** The grant of an unrevoked key, or undefined. */
  keyByHash(hash: string): Promise<KeyGrant | undefined>;

  recall(requests: RecallRequest[]): Promise<Recollection[]>;
  /**
   * Counts each event with those before it: what is recorded, the earlier requests of the same call, and itself. Exact to
   * the millisecond, however many events there are, as long as no recorded event is a day or more later than the one
   * asked about. Only where more than `BUSY_VALUES` distinct values are counted within a day may the distinct counts be
   * some seconds old.
   */
  activity(requests: ActivityRequest[]): Promise<ActivityFacts[]>;
  /** How many events visitors had since a time, for those of the newest `size` events; each counted wholly. */
  dailyEvents(workspaceId: string, since: number, size: number): Promise<DailyEventsSample>;
  /** Stores events and all that is derived from them in one transaction, durable when it resolves; outcomes in order. */
  record(records: EventRecord[]): Promise<RecordOutcome[]>;

  /** The event, or undefined when this workspace (and environment, when given) has none of that id. */
  event(scope: { workspaceId: string; environmentId?: string }, id: string): Promise<Event | undefined>;
  /**
   * Replaces an event by what `revise` makes of it, in one transaction; `revise` returning undefined leaves it alone.
   * Resolves to what is stored afterwards, or undefined when there is no such event.
   */
  reviseEvent(workspaceId: string, id: string, revise: (event: Event) => Event | undefined): Promise<Event | undefined>;

  /** Deletes up to `limit` each of remembered hashes and of counter entries that ended before `time`; returns how many. */
  sweep(time: number, limit: number): Promise<number>;
}
