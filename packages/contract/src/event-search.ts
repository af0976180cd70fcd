import type { BotInfo } from './bot-info.ts';
import type { SignalName } from './signals.ts';

/** What can be looked for as found or not: the products, and findings within them. */
export type SearchFlag = SignalName | 'antiDetectBrowser' | 'datacenter' | 'emailSpam' | 'attackSource' | 'simulator';

/**
 * `detected`: it was found. `clear`: it was looked for and not found. `notDetected`: either it was not found, or there was
 * no evidence to judge by. An event of which it failed to be judged matches none of them.
 */
export type FlagTest = 'detected' | 'clear' | 'notDetected';

/**
 * What events are picked by: all that is named must hold. What several values are given for may have any of them. Whatever
 * is asked of a product, an event whose product failed is not picked: it does not show it.
 */
export type EventFilter = {
  environmentIds?: string[];
  visitorId?: string;
  linkedId?: string;
  /** CIDR of IPv4 or IPv6 in canonical text, without host bits: `203.0.113.0/24`. IPv4 also matches what is mapped into IPv6. */
  network?: string;
  /** Without `AS`. */
  asn?: string;
  /** The whole address, as the event has it. */
  url?: string;
  /** The `Origin` header. */
  origin?: string;
  /** As the event shows it; where bots could not be judged, that is `notDetected`. */
  bot?: ('notDetected' | 'good' | 'bad')[];
  /** Whether it is known which bot it is. */
  hasBotInfo?: boolean;
  botInfo?: { [K in 'category' | 'identity' | 'confidence' | 'provider' | 'name']?: BotInfo[K][] };
  flags?: { [F in SearchFlag]?: FlagTest };
  /** As the event shows it, judged or not. */
  vpnConfidence?: 'low' | 'medium' | 'high';
  /** As set by an update; events that never were told of match neither. */
  suspect?: boolean;
  /** Inclusive. */
  minSuspectScore?: number;
  rareDeviceBucket?: string;
  proximityId?: string;
  /** Metres. */
  proximityPrecisionRadius?: number;
  sdkPlatforms?: ('js' | 'android' | 'ios')[];
  sdkVersion?: string;
};

/** A place between events in their order by time and, at the same time, by id. */
export type EventPosition = { time: number; id: string };

/** A page of events to look for. */
export type EventSearch = {
  workspaceId: string;
  filter: EventFilter;
  /** Times strictly between these two, unix milliseconds. */
  after: number;
  before: number;
  order: 'newest-first' | 'oldest-first';
  /** The last event of the page before; null for the first page. */
  from: EventPosition | null;
  /** 1 or more. */
  limit: number;
  /** Also count the events of all pages together, up to this many. */
  countUpTo?: number;
};

/** `more`: whether the next page has an event. `total` only when it was asked for. */
export type EventPage<E> = { events: E[]; more: boolean; total?: number };
