import type { Event, SeenAt } from '@whorl/contract';
import type { ActivityFacts, Features, Portrait, Profile, Raise } from '@whorl/engine';

/**
 * What the store knows a visitor by. `features` are those of its last trusted visit; `profile` is null for one that no trusted
 * visit has shown.
 */
export type VisitorRow = {
  visitorId: string;
  features: Features;
  profile: Profile | null;
  firstSeen: SeenAt;
  lastSeen: SeenAt;
};

/** One observation's question: who do these keys and ids lead to, and was this nonce used or this body seen before? */
export type RecallRequest = {
  workspaceId: string;
  /** Visitors that tokens name. */
  visitorIds: string[];
  /** Blocking keys within their scope, whole numbers below 2^53, the most telling first; at most 31. */
  keys: number[];
  /** Hash of the nonce, and of the body without it. */
  nonce: string;
  bodyHash: string;
  /** Hash of the configuration without the workspace: tells when any workspace of this server saw such a browser. */
  sightingKey: string | null;
};

/** A visitor that blocking keys led to. */
export type FoundVisitor = Omit<VisitorRow, 'features' | 'profile'> & {
  profile: Profile;
  /** Which keys led to it: bit `n` stands for the request's key `n`. */
  foundBy: number;
};

export type Recollection = {
  /** Of `visitorIds`, those known to this workspace. */
  visitors: VisitorRow[];
  /**
   * Those whom the keys lead to, each once, in the order of the first key that does and latest first, to the hour of the
   * last visit that taught: at most `VISITORS_PER_KEY` of a key and `MOST_FOUND` in all. Visitors without a profile are
   * passed over.
   */
  found: FoundVisitor[];
  /** For each key, how many visitors were read under it; at most `VISITORS_PER_KEY`. */
  read: number[];
  nonceUsed: boolean;
  bodySeen: boolean;
  /** First and last time of the sighting key in any workspace; null when never. Unix milliseconds. */
  sighting: { first: number; last: number } | null;
};

/** At most so many visitors are read for one key, those seen last, so that the work of an event does not grow with the crowd. */
export const VISITORS_PER_KEY = 48;

/** At most so many visitors are read for one visit. */
export const MOST_FOUND = 96;

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

/**
 * What a visit teaches of its visitor. The profile becomes `firstProfile` or `nextProfile` of the portrait, of what is known when
 * it is written; a visit that does not teach, or is older than the last that did, leaves it as it was.
 */
export type Lesson = {
  features: Features;
  portrait: Portrait;
  /** Whether the visit came with the visitor's token. */
  brought: boolean;
  /** Keys that lead to the visitor from now on, instead of those before. */
  keys: number[];
  /** Leads to all browsers of the device; null where too little is known of it. */
  deviceKey: number | null;
  /** Hash of the identity scope, 32 bits: what the visitor is counted under. */
  scope: number;
  /**
   * What the caller counts for the visit once it is recorded, under keys within the scope and as of its own time. The store adds
   * it to no sum; it is kept with the event, to be taken back when that is erased.
   */
  raises: readonly Raise[];
};

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
  /** What the visit teaches of its visitor; null when the link is too unsure to overwrite what is known. */
  lesson: Lesson | null;
  /**
   * For a visitor that was found to be new: the key that every other visit of this browser at this moment would share, and the
   * visitors that it was known to lead to. Null for others. Should it lead to further visitors by now, that other processes
   * recorded, the outcome is `newcomer-known`, for this record and for later ones of the call that were found to be the same
   * visitor's. A key that leads to `VISITORS_PER_KEY` visitors or more is passed over: nobody could know all of them.
   */
  newcomer: { key: number; knownVisitors: string[] } | null;
  /**
   * Webhooks that the event is owed to: a pending delivery to each is stored with it, made at the event's time and due
   * `DELIVERY_WAIT` after it. One that has been deleted meanwhile is passed over.
   */
  webhookIds: string[];
};

/**
 * `recorded`: durable. `id-taken`: another event has this id. `nonce-used`: between recall and record another process
 * recorded the same nonce. `newcomer-known`: another process recorded a visitor under the same key meanwhile.
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

/** A sum below this, a billionth, is none: what is left of it is the rounding of those before. */
export const FAINTEST = 1e-9;

/**
 * Sums under keys: how common what visitors show is, and how it behaves. Statistics that may lag behind the events by a
 * moment, and of which the last few may be lost with a process.
 */
export interface CountStore {
  /** The sum under each key in order, to fourteen digits or more; 0 where nothing was counted. */
  readCounts(keys: readonly number[]): Promise<number[]>;
  /**
   * Adds to sums, all at once or none. Keys may repeat. A sum of less than a billionth is none. One may fall below 0: what an
   * erased visitor is taken out of before it was added is even again when that comes.
   */
  raiseCounts(raises: readonly Raise[]): Promise<void>;
  /**
   * Deletes sums below `least` among the next `limit` keys above `from`; returns the last key looked at, null at the end.
   */
  dropFaintCounts(from: number, limit: number, least: number): Promise<number | null>;
}
