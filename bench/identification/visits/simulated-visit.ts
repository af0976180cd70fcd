import type { BrowserDetails, Components } from '@whorl/contract';

/** Operating systems as the figures tell them apart. iPadOS counts as iOS. */
export const osNames = ['Windows', 'Android', 'iOS', 'macOS', 'Linux', 'ChromeOS'] as const;
export type OsName = (typeof osNames)[number];

export const browserFamilies = ['Chrome', 'Edge', 'Safari', 'Firefox', 'Samsung Internet', 'Opera', 'Brave'] as const;
export type BrowserFamily = (typeof browserFamilies)[number];

/** Kinds of network that a visit comes through. */
export const networkKinds = ['home', 'mobile', 'office', 'vpn'] as const;
export type NetworkKind = (typeof networkKinds)[number];

/**
 * What the browser's storage would bring at this visit, if tokens were issued at every visit. `kept`: the token of its
 * last ordinary visit. `lost`: there was one, and it was cleared, or Safari's cap took it. `none`: there never was one in
 * this storage, at a first visit and in every private window. Whether tokens are handed over at all is the replay's choice.
 */
export type TokenState = 'kept' | 'lost' | 'none';

/** The network that a visit came through, as the simulator knows it. */
export type PlaceTruth = {
  /** The number of the network: a household's line, a carrier, an office, a provider's exits. */
  network: number;
  kind: NetworkKind;
  /** How often a day the network's address is drawn anew for one subscriber. */
  renewalsPerDay: number;
  /** Among how many addresses it is drawn. */
  pool: number;
  /** The share of this browser's visits that come through this network, 0..1. */
  share: number;
};

/**
 * What only the simulator knows. For oracles and metrics alone: a replay never hands it to a matcher, and metrics never
 * count by it what a matcher could have learnt.
 */
export type VisitTruth = {
  /** The value of each trait at this visit, in the order of `traitNames`; {@link HIDDEN} where the visit does not show it. */
  shown: Int32Array;
  place: PlaceTruth;
  /** The number of the fleet whose image the device carries, or -1. */
  fleet: number;
};

/** Stands for a trait that a visit does not show: masked, randomised, or unknown to that engine. */
export const HIDDEN = -1;

/** One visit as a server would receive it, with the truth beside it. */
export type SimulatedVisit = {
  /** Unix milliseconds. Visits come in order of time. */
  time: number;
  /** The number of the device. Some devices carry two browsers. */
  device: number;
  /** The number of the browser instance: the true visitor. */
  browser: number;
  os: OsName;
  browserFamily: BrowserFamily;
  /** The clones that the device is one of, or null for a device with a life of its own. */
  fleet: { size: number } | null;
  /** Whether the visit was made in a private window. */
  private: boolean;
  token: TokenState;
  /** The browser whose token comes along when `token` is `kept`: another one's where it was copied; else null. */
  tokenOf: number | null;
  /** What the agent sent. Equal values are shared between visits: never change them. */
  components: Components;
  browserDetails: BrowserDetails;
  /** The visitor's address as text, IPv4 or IPv6. */
  address: string;
  network: { asn: number; kind: NetworkKind };
  truth: VisitTruth;
};

/** How much is simulated. The same options and scenario give the same visits, byte for byte. */
export type SimulationOptions = {
  /** How many browser instances take part. */
  visitors: number;
  seed: number;
  /** Length of the simulated time in days. */
  days: number;
};
