import type { CrawlerList } from '@whorl/engine';
import type { ListFormat } from './list-formats.ts';

/**
 * What it means to be on a list. `datacenterAsns` and `vpnAsns` hold numbers of autonomous systems, the others addresses;
 * `crawler` is what an operator publishes of its own bots.
 */
export const listKinds = [
  'tor',
  'relay',
  'publicVpn',
  'vpnAsns',
  'datacenter',
  'datacenterAsns',
  'proxy',
  'attackSource',
  'emailSpam',
  'crawler',
] as const;

export type ListKind = (typeof listKinds)[number];

/** One upstream list: where it is, how it is read, and when it is believed. */
export type ListSource = {
  /** Lower-case letters, digits and hyphens; the list's files in the data directory are named after it. */
  name: string;
  kind: ListKind;
  format: ListFormat;
  /** `http:` or `https:`. */
  url: string;
  /** Milliseconds between two looks at the upstream. */
  every: number;
  /** Fewer rows than this are not the list but a piece of it, or nothing. */
  minimumRows: number;
  /**
   * Milliseconds for which the upstream may stay unchanged: whoever publishes hourly and has not for longer has stopped, and
   * from then on the list is as old as its last change. Null: it may rest, and is as old as the last look at it.
   */
  mayRest: number | null;
  /** Families that it has addresses of; where it is missing, those that are in it. */
  families?: readonly (4 | 6)[];
  /**
   * Has some of what lists of its kind are of, such as one provider's addresses, beside a list that means to have them all: to be on
   * none of it clears nobody, and while it is missing the others do.
   */
  supplement?: boolean;
  /** Whose networks these are, where all are one provider's. */
  provider?: string;
  /** The operator's bots that a `crawler` list is of. */
  crawler?: CrawlerList;
  /** What its maker allows, for documentation. */
  licence: string;
  /** A page about it, for credits. */
  page: string;
};
