import type { Event, SeenAt } from '@whorl/contract';
import type { ActivityFacts, Features } from '@whorl/engine';

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
  /**
   * What the counters of addresses and linked ids see: the visits of one scope, and of no other. The workspace's id, or that
   * of the environment whose visitors are its own. A visitor is of one scope anyway.
   */
  scope: string;
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
  /** What the event counts with, as in `ActivityRequest`. */
  scope: string;
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

/** What every visit asks, and leaves. */
export interface VisitStore {
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
}
