import type { Place } from '../places.ts';

/** The signals that are tabulated, by the names that the official SDK's answers derive from. */
export const tabulated = [
  'botd',
  'incognito',
  'developerTools',
  'tampering',
  'antiDetectBrowser',
  'virtualMachine',
  'privacySettings',
  'vpn',
  'tor',
  'proxy',
  'ipBlocklist',
] as const;
export type Tabulated = (typeof tabulated)[number];

/** What one run may use and must leave nothing of: a folder of its own and the variables that a browser is started with. */
export type Home = { folder: string; env: Record<string, string> };

/** Ends what was started. May hang or reject: whoever calls it bounds it in time and ends what is left by force. */
export type Stop = () => Promise<void>;

/** Something that visits a page: a browser in some state, or a tool that drives one. */
export type Client = {
  /** What it is, in a line. */
  about: string;
  /** Where it is said to come from; default a home. */
  from?: Place;
  /** Signals that are right when detected. */
  is: readonly Tabulated[];
  /** Signals that are neither right nor wrong. All the others are wrong when detected. */
  either?: readonly Tabulated[];
  /** Why it cannot run on this machine and what to do about it; undefined where it can. */
  whyNot?: () => Promise<string | undefined>;
  /** Opens `url` in a fresh profile and leaves it open. */
  open: (url: string, home: Home) => Promise<Stop>;
};
