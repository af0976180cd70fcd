import { type AttributeName, attributeList, attributeNames } from './attributes.ts';
import { FONT_WORDS } from './font-bits.ts';
import type { Portrait } from './portrait.ts';

/**
 * What a visitor is known by, packed into 32-bit words, so that a hundred candidates are read and compared without being
 * parsed: the last value of each attribute, the fonts as bits, versions, times, and a few earlier values of the attributes
 * that alternate.
 */
export type Profile = Uint32Array;

/** How many earlier values are kept of each attribute that alternates, the last one not counted. */
const EARLIER: Partial<Record<AttributeName, number>> = {
  screen: 3,
  pixelRatio: 2,
  screenFrame: 3,
  colorDepth: 1,
  colorGamut: 1,
  hdr: 1,
  timezone: 2,
  mediaDevices: 2,
  audioLatency: 2,
  network: 5,
  address: 7,
};

/**
 * Words kept for last values, more than there are attributes: one that is added must not shift what is stored. Stored: never
 * change.
 */
const ROOM = 48;

/** Where each part of a profile begins, in words. New parts go to the end. */
const layout = (() => {
  const values = 0;
  const fonts = values + ROOM;
  const browserVersion = fonts + FONT_WORDS;
  const osVersion = browserVersion + 1;
  const firstMinute = osVersion + 1;
  const lastMinute = firstMinute + 1;
  const visits = lastMinute + 1;
  const kind = visits + 1;
  const os = kind + 1;
  const tokens = os + 1;
  let next = tokens + 1;
  const earlier = attributeNames.map((name) => {
    const from = next;
    next += EARLIER[name] ?? 0;
    return { from, size: EARLIER[name] ?? 0 };
  });
  return {
    values,
    fonts,
    browserVersion,
    osVersion,
    firstMinute,
    lastMinute,
    visits,
    kind,
    os,
    tokens,
    earlier,
    words: next,
  };
})();

/** Words of a profile. */
export const PROFILE_WORDS = layout.words;
/** Where the fonts begin. */
export const FONTS_AT = layout.fonts;

const word = (profile: Profile, at: number): number => profile[at] ?? 0;

export const lastValue = (profile: Profile, attributeAt: number): number => word(profile, attributeAt);
export const browserVersionOf = (profile: Profile): number => word(profile, layout.browserVersion);
export const osVersionOf = (profile: Profile): number => word(profile, layout.osVersion);
export const firstMinuteOf = (profile: Profile): number => word(profile, layout.firstMinute);
export const lastMinuteOf = (profile: Profile): number => word(profile, layout.lastMinute);
export const visitsOf = (profile: Profile): number => word(profile, layout.visits);
/** Of its visits, those that brought its token. */
export const tokensOf = (profile: Profile): number => word(profile, layout.tokens);

/** Minutes without an event after which the next one is another visit, as web analytics count. */
const PAUSE = 30;

/** Whether a visitor was here a moment ago: the pages of one visit are no returns, and all but the first bring what it was given. */
export const isSameVisit = (profile: Profile, { minute }: Pick<Portrait, 'minute'>): boolean =>
  minute - lastMinuteOf(profile) < PAUSE;

/** What a profile last showed, as far as counts ask. */
export const lastShown = (profile: Profile): Pick<Portrait, 'values' | 'kindHash' | 'osHash'> => ({
  values: profile.slice(layout.values, layout.values + attributeList.length),
  kindHash: word(profile, layout.kind),
  osHash: word(profile, layout.os),
});

/** Whether a value is among the earlier ones of an attribute that alternates. */
export const wasSeenEarlier = (profile: Profile, attributeAt: number, value: number): boolean => {
  const part = layout.earlier[attributeAt];
  if (part === undefined) return false;
  for (let at = part.from; at < part.from + part.size; at++) if (profile[at] === value) return true;
  return false;
};

/** How many earlier values are remembered. */
export const countEarlier = (profile: Profile, attributeAt: number): number => {
  const part = layout.earlier[attributeAt];
  let count = 0;
  if (part !== undefined) for (let at = part.from; at < part.from + part.size; at++) if (profile[at] !== 0) count++;
  return count;
};

/** The earlier values that are remembered, latest first. */
export const earlierValues = (profile: Profile, attributeAt: number): number[] => {
  const part = layout.earlier[attributeAt];
  return part === undefined
    ? []
    : [...profile.subarray(part.from, part.from + part.size)].filter((value) => value !== 0);
};

/** Whether two visitors have shown a common value of an attribute, as far as is remembered. */
export const sharesValue = (one: Profile, other: Profile, attributeAt: number): boolean => {
  const part = layout.earlier[attributeAt];
  const isOthers = (value: number): boolean =>
    value !== 0 && (lastValue(other, attributeAt) === value || wasSeenEarlier(other, attributeAt, value));
  if (isOthers(lastValue(one, attributeAt))) return true;
  if (part !== undefined)
    for (let at = part.from; at < part.from + part.size; at++) if (isOthers(word(one, at))) return true;
  return false;
};

/** Puts a value that is no longer the last one at the head of the earlier ones. */
const keepEarlier = (profile: Profile, attributeAt: number, before: number, now: number): void => {
  const part = layout.earlier[attributeAt];
  if (part === undefined || part.size === 0 || before === 0) return;
  const others = profile.slice(part.from, part.from + part.size).filter((value) => value !== before && value !== now);
  profile.fill(0, part.from, part.from + part.size);
  profile[part.from] = before;
  profile.set(others.subarray(0, part.size - 1), part.from + 1);
};

/** The profile of a visitor that was first seen in this visit. */
export const firstProfile = (portrait: Portrait): Profile => {
  const profile = new Uint32Array(PROFILE_WORDS);
  profile.set(portrait.values, layout.values);
  profile.set(portrait.fonts, layout.fonts);
  profile[layout.browserVersion] = portrait.browserVersion;
  profile[layout.osVersion] = portrait.osVersion;
  profile[layout.firstMinute] = portrait.minute;
  profile[layout.lastMinute] = portrait.minute;
  profile[layout.visits] = 1;
  profile[layout.kind] = portrait.kindHash;
  profile[layout.os] = portrait.osHash;
  return profile;
};

/**
 * The profile after another event. What a visit does not show stays as it was known; the given profile is left alone.
 * `brought`: whether it came with the visitor's token.
 */
export const nextProfile = (known: Profile, portrait: Portrait, brought = false): Profile => {
  const profile = known.slice();
  portrait.values.forEach((now, at) => {
    const before = word(known, at);
    if (now === 0 || now === before) return;
    profile[at] = now;
    keepEarlier(profile, at, before, now);
  });
  if (portrait.fonts.some((bits) => bits !== 0)) profile.set(portrait.fonts, layout.fonts);
  profile[layout.browserVersion] = portrait.browserVersion || browserVersionOf(known);
  profile[layout.osVersion] = portrait.osVersion || osVersionOf(known);
  profile[layout.lastMinute] = Math.max(portrait.minute, lastMinuteOf(known));
  if (isSameVisit(known, portrait)) return profile;
  profile[layout.visits] = visitsOf(known) + 1;
  if (brought) profile[layout.tokens] = tokensOf(known) + 1;
  return profile;
};
