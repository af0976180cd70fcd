import { earlierAddressKeys, type Features, firstProfile, nextProfile, type Profile } from '@whorl/engine';
import { scopedKey } from './scoped-key.ts';
import type { EventRecord } from './store.ts';

const HOUR = 3_600_000;

/** What is kept of a visitor and changes with its visits, whatever the database. Times are unix milliseconds. */
export type VisitorState = {
  firstSeen: number;
  firstSeenServer: number;
  lastSeen: number;
  /** Time of the last visit that taught; null where none has. */
  trustedAt: number | null;
  /** Null in what was read of a visitor whose features were not asked for. */
  features: Features | null;
  profile: Profile | null;
  /** The visitor's blocking keys, those of where it was before, and its device's; and the hour under which all are filed. */
  keys: readonly number[];
  hour: number;
  /** Hash of the identity scope that the visitor is counted under; null where it is not counted. */
  scope: number | null;
};

/**
 * Keys are filed by the hour of the last visit that taught, in hours since 1970: the order within an hour says little, and
 * who comes back within it moves nothing.
 */
const hourOf = (time: number): number => Math.floor(time / HOUR);

const profileAfter = (known: Profile | null, taught: EventRecord['lesson']): Profile | null => {
  if (taught === null) return known;
  return known === null ? firstProfile(taught.portrait) : nextProfile(known, taught.portrait, taught.brought);
};

/**
 * What is kept of the visitor after an event. In whatever order events come, all but the profile is the same in the end: what a
 * visit showed that comes late is not learnt any more.
 */
export const afterEvent = (known: VisitorState | undefined, record: EventRecord): VisitorState => {
  const { time, identity } = record.event;
  const taught = time >= (known?.trustedAt ?? 0) ? record.lesson : null;
  const times = {
    firstSeen: Math.min(identity.firstSeen.workspace, time, known?.firstSeen ?? time),
    firstSeenServer: Math.min(identity.firstSeen.server, time, known?.firstSeenServer ?? time),
    lastSeen: Math.max(time, known?.lastSeen ?? time),
  };
  const profile = profileAfter(known?.profile ?? null, taught);
  if (taught === null) {
    const { trustedAt = null, features = null, keys = [], hour = 0, scope = null } = known ?? {};
    return { ...times, trustedAt, features, profile, keys, hour, scope };
  }
  const { features, keys, deviceKey, scope } = taught;
  const earlier =
    profile === null || scope === null ? [] : earlierAddressKeys(profile).map((key) => scopedKey(scope, key));
  const all = [...new Set([...keys, ...earlier, ...(deviceKey === null ? [] : [deviceKey])])];
  return { ...times, trustedAt: time, features, profile, keys: all, hour: hourOf(time), scope };
};

/** A visitor's row under one of its keys. */
export type Filed = { key: number; hour: number };

/** Which rows under keys go, and which come, when a visitor changes. */
export const refiled = (before: VisitorState | undefined, after: VisitorState): { gone: Filed[]; added: Filed[] } => {
  const filed = ({ keys, hour }: VisitorState): Filed[] => keys.map((key) => ({ key, hour }));
  const isIn = (state: VisitorState | undefined, { key, hour }: Filed): boolean =>
    state !== undefined && state.hour === hour && state.keys.includes(key);
  return {
    gone: before === undefined ? [] : filed(before).filter((row) => !isIn(after, row)),
    added: filed(after).filter((row) => !isIn(before, row)),
  };
};
