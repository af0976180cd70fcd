import type {
  ApiKey,
  Delivery,
  DeliveryAttempt,
  EdgeEvent,
  Environment,
  Event,
  EventPage,
  EventSearch,
  Ruleset,
  SeenAt,
  Webhook,
  Workspace,
} from '@whorl/contract';
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

/** How long finished deliveries stay in the log, in milliseconds: 30 days. */
export const DELIVERY_LOG = 30 * 24 * 60 * 60_000;

/** How long after its event a new delivery is due, in milliseconds: an event's late evidence comes within about three seconds. */
export const DELIVERY_WAIT = 3_000;

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
  /**
   * For a visitor that was found to be new by its keys: the visitors that its keys were known to lead to. Null for others.
   * Should the keys lead to further visitors by now, that other processes recorded, the outcome is `newcomer-known`,
   * for this record and for later ones of the call that were found to be the same visitor's.
   */
  newcomer: { keys: string[]; knownVisitors: string[] } | null;
  /**
   * Webhooks that the event is owed to: a pending delivery to each is stored with it, made at the event's time and due
   * `DELIVERY_WAIT` after it. One that has been deleted meanwhile is passed over.
   */
  webhookIds: string[];
};

/**
 * `recorded`: durable. `id-taken`: another event has this id. `nonce-used`: between recall and record another process
 * recorded the same nonce. `newcomer-known`: another process recorded a visitor under the same keys meanwhile.
 * `visitor-gone`: the visitor that it was found to be, or one that its explanation names, is not there: erased meanwhile, or
 * refused in the same call. Imported events are taken at their word. In all but the first nothing of this record was
 * stored, and the caller judges again.
 */
export type RecordOutcome = 'recorded' | 'id-taken' | 'nonce-used' | 'newcomer-known' | 'visitor-gone';

/** Whose events are meant: of a workspace, or of one environment of it. */
export type EventScope = { workspaceId: string; environmentId?: string };

/** What of a workspace can be changed. */
export type WorkspaceChange = Partial<Omit<Workspace, 'id' | 'createdAt'>>;

/** What of an environment can be changed. */
export type EnvironmentChange = Partial<Pick<Environment, 'name' | 'allowedOrigins' | 'sealingKey'>>;

/** What of a webhook can be changed. */
export type WebhookChange = Partial<Omit<Webhook, 'id' | 'workspaceId' | 'createdAt'>>;

/**
 * What is to change of something, told from what is stored; nobody else changes it meanwhile. It may be asked several times.
 * What it throws leaves all as it is and rejects the promise.
 */
export type Change<Stored, Changes> = (stored: Stored) => Changes;

/** Which deliveries to list, newest first by their creation, then id. `before` is the last one of the page before. */
export type DeliveryList = {
  workspaceId: string;
  webhookId?: string;
  state?: Delivery['state'];
  requestId?: string;
  limit: number;
  before?: { createdAt: number; id: string };
};

/** A delivery that was taken. `claim` counts how often that happened: only what comes of the latest one decides. */
export type ClaimedDelivery = Delivery & { claim: number };

/** What was tried of a delivery that was claimed, oldest first, and what follows from it. */
export type Settlement = {
  deliveryId: string;
  claim: number;
  attempts: readonly DeliveryAttempt[];
  next: { state: 'delivered' | 'failed' } | { state: 'pending'; at: number };
};

/** What a key may do, as found by its hash. */
export type KeyGrant = {
  key: ApiKey;
  workspace: Workspace;
  environment: Environment | null;
  /** Whether an environment of the workspace, other than the key's own, has a sealing key. */
  sealedBeside: boolean;
};

/** A key to be stored. `hash`: SHA-256 of the whole key, hexadecimal. */
export type NewKey = { key: ApiKey; hash: string };

export interface Store {
  /** Name of the database kind, for logs and `/readyz`. */
  readonly kind: string;
  /**
   * Brings the schema up to date, under a lock, one process at a time. Returns the names of the migrations applied. `note`
   * is told, in a sentence for the operator, of what takes long, before it begins.
   */
  migrate(note?: (sentence: string) => void): Promise<string[]>;
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

  /** False, storing nothing, when another workspace has this id or name. */
  createWorkspace(workspace: Workspace): Promise<boolean>;
  workspace(workspaceId: string): Promise<Workspace | undefined>;
  /** Oldest first. */
  workspaces(): Promise<Workspace[]>;
  /** The changed workspace; undefined when there is none of this id, `name-taken` when another one has the new name. */
  changeWorkspace(
    workspaceId: string,
    change: Change<Workspace, WorkspaceChange>,
  ): Promise<Workspace | 'name-taken' | undefined>;
  /** False, storing nothing, when there is one of this id, or the workspace has one of this name. */
  createEnvironment(environment: Environment): Promise<boolean>;
  /** Oldest first. */
  environments(workspaceId: string): Promise<Environment[]>;
  /** As with a workspace; undefined when this workspace has no environment of this id. */
  changeEnvironment(
    workspaceId: string,
    environmentId: string,
    change: Change<Environment, EnvironmentChange>,
  ): Promise<Environment | 'name-taken' | undefined>;
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

  /** The event, or undefined when there is none of that id in the scope. */
  event(scope: EventScope, id: string): Promise<Event | undefined>;
  /**
   * Replaces an event by what `revise` makes of it, in one transaction; `revise` returning undefined leaves it alone.
   * Resolves to what is stored afterwards, or undefined when there is no such event.
   */
  reviseEvent(workspaceId: string, id: string, revise: (event: Event) => Event | undefined): Promise<Event | undefined>;
  /** A page of events, all read from one state of the database. */
  searchEvents(search: EventSearch): Promise<EventPage<Event>>;

  /** Stores events of requests that were judged at the edge; false in order for those whose id is taken. */
  recordEdge(events: EdgeEvent[]): Promise<boolean[]>;
  edgeEvent(scope: EventScope, id: string): Promise<EdgeEvent | undefined>;
  /** As `searchEvents`. What edge events do not have, they do not match. */
  searchEdgeEvents(search: EventSearch): Promise<EventPage<EdgeEvent>>;

  /** The visitor as last trusted, or undefined. */
  visitor(workspaceId: string, visitorId: string): Promise<VisitorRow | undefined>;
  /** Visitors under a key, last seen first, at most `CANDIDATES_PER_KEY`. */
  visitorsByKey(workspaceId: string, key: string): Promise<VisitorRow[]>;
  /**
   * Deletes every event of a visitor and all that follows from them: identity, sightings, counters, deliveries. What other
   * visitors' counters say of it is corrected. When it resolves, no row tells of the visitor, and of SQLite's files no byte;
   * free space in PostgreSQL's files is written over in time. False when there is no such visitor.
   */
  eraseVisitor(workspaceId: string, visitorId: string): Promise<boolean>;

  /**
   * Adds a ruleset, or replaces that of the same id. False, storing nothing, when it would be new and its workspace has
   * `most` already; this is counted in the same transaction, so that requests at once do not pass the limit together.
   */
  putRuleset(ruleset: Ruleset, most?: number): Promise<boolean>;
  ruleset(workspaceId: string, rulesetId: string): Promise<Ruleset | undefined>;
  /** Oldest first. */
  rulesets(workspaceId: string): Promise<Ruleset[]>;
  /** False when there is none. */
  deleteRuleset(workspaceId: string, rulesetId: string): Promise<boolean>;

  /** False, storing nothing, when its workspace has `most` already; counted as with rulesets. */
  createWebhook(webhook: Webhook, most?: number): Promise<boolean>;
  /** Oldest first; of one workspace, or of all. */
  webhooks(workspaceId?: string): Promise<Webhook[]>;
  /** The changed webhook; undefined when this workspace has none of this id. */
  changeWebhook(
    workspaceId: string,
    webhookId: string,
    change: Change<Webhook, WebhookChange>,
  ): Promise<Webhook | undefined>;
  /** Deletes it with all its deliveries; false when there is none. */
  deleteWebhook(workspaceId: string, webhookId: string): Promise<boolean>;

  /**
   * Takes up to `limit` deliveries that are due at `now`, oldest first, and puts them off until `now + lease`, so that no
   * other process takes them meanwhile. Of one visitor to one webhook only the oldest that is pending is ever due: they go
   * out in the order of their events' times. Deliveries of webhooks that are switched off wait, and so do those of `busy`
   * webhooks, so that one that is slow to answer does not keep the others from their turn.
   */
  claimDeliveries(now: number, lease: number, limit: number, busy?: readonly string[]): Promise<ClaimedDelivery[]>;
  /** How many deliveries are pending in all workspaces, and when the oldest of them was made; null when none is. */
  pendingDeliveries(): Promise<{ count: number; oldest: number | null }>;
  /**
   * Notes attempts in one transaction. What follows is heeded only of the claim that is the delivery's latest: a process
   * that took longer than its lease adds its attempts to the log, and changes neither the state nor when it is due.
   * False, in order, for deliveries that are gone: visitor erased or webhook deleted.
   */
  settleDeliveries(settlements: Settlement[]): Promise<boolean[]>;
  /** Makes a delivered or failed one pending again, due at `now`; undefined when this workspace has none of this id. */
  resendDelivery(workspaceId: string, deliveryId: string, now: number): Promise<Delivery | undefined>;
  deliveries(list: DeliveryList): Promise<Delivery[]>;

  /**
   * Deletes up to `limit` each of remembered hashes, of counter entries that ended before `time`, and of deliveries that
   * were finished more than `DELIVERY_LOG` before it; returns how many.
   */
  sweep(time: number, limit: number): Promise<number>;
}
