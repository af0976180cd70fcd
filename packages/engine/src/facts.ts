import type {
  BrowserDetails,
  Components,
  Evidence,
  IpInfo,
  MobileSection,
  MobileSectionName,
  Sdk,
  SourceName,
  SourceValue,
  TlsFacts,
} from '@whorl/contract';
import type { DeviceRarity } from './identity/device-rarity.ts';
import type { CrawlerList } from './network/bot-names.ts';
import type { BotIdentity } from './network/identify-bot.ts';
import type { PlaceFacts } from './network/journey.ts';
import type { TcpSystem } from './network/tcp-system.ts';

/** Request headers that judgements look at, lower-case names; a header that was not sent is missing. */
export type HeaderFacts = Partial<
  Record<
    | 'user-agent'
    | 'accept-language'
    | 'sec-ch-ua'
    | 'sec-ch-ua-mobile'
    | 'sec-ch-ua-platform'
    | 'sec-fetch-site'
    | 'sec-fetch-mode'
    | 'sec-fetch-dest'
    | 'origin'
    | 'referer',
    string
  >
>;

/** A data set that an answer rests on. */
export type DataSource = {
  name: string;
  /** When the data was built, unix milliseconds. */
  builtAt: number;
  /** The credit that its licence asks for wherever the data is shown, with its link. */
  credit?: string;
};

/** What one list says of the visitor's address. */
export type ListFinding = {
  source: DataSource;
  listed: boolean;
  /** Whether it holds for years, as to whom a network is registered: then no age makes it worthless. */
  lasting?: true;
  /** When the list's maker last saw the address at it, unix milliseconds, where the list says so. */
  seenAt?: number;
  /** Whether the list says of a proxy that it is at a home's connection; missing where it says nothing. */
  residential?: boolean;
};

/** Lists by what it means to be on them. A list that is not loaded is missing. */
export type ListFacts = Partial<
  Record<'tor' | 'publicVpn' | 'relay' | 'proxy' | 'attackSource' | 'emailSpam', ListFinding>
>;

/** Whether an address is one of those that an operator publishes for its bots. */
export type CrawlerFinding = { source: DataSource; listed: boolean };

/** One address, and what published addresses of bots say of it. */
export type AddressFacts = {
  /** As text, IPv4-mapped IPv6 unwrapped. */
  address: string;
  family: 4 | 6;
  /** False for private, loopback, link-local, shared and documentation addresses: nothing can be looked up for them. */
  isPublic: boolean;
  /** A list that is not loaded, or has none of the address's family, is missing. */
  crawlers?: Partial<Record<CrawlerList, CrawlerFinding>>;
};

/** What is known of the visitor's address, before any judgement. */
export type NetworkFacts = AddressFacts & {
  /** Each of the addresses, where the client is known by several; `address` is then one of them. */
  addresses?: readonly AddressFacts[];
  ipInfo: IpInfo;
  /** The data sets that were consulted; empty when none was loaded. */
  sources: DataSource[];
  /**
   * Minutes east of UTC that clocks in the address's country show at the time of the event, one for each zone of the
   * country; null when the country is not known.
   */
  countryOffsets: number[] | null;
  /** What address lists say; missing while none is loaded. */
  lists?: ListFacts;
};

/** Whether this observation can be a copy of an earlier one. */
export type ReplayFacts = {
  /** `ok`, or what was wrong: the nonce's signature, its age, its second use, or a body that was seen before. */
  outcome: 'ok' | 'nonce-forged' | 'nonce-expired' | 'nonce-reused' | 'body-seen';
  /** Milliseconds from the nonce's issue to receipt; null when forged. */
  nonceAge: number | null;
};

/**
 * `valid`: the report arrived as it was written by somebody who has the app's signing key. `missing` is told only where the
 * public key requires a signature.
 */
export type ReportSignature = 'valid' | 'wrong' | 'missing';

/** Counts of this event and those before it; `null` where there is nothing to count by. See `store.activity`. */
export type ActivityWindow = { minutes5: number; hour: number; day: number };
export type ActivityFacts = {
  visitorEvents: ActivityWindow;
  visitorIps: ActivityWindow;
  visitorLinkedIds: ActivityWindow | null;
  visitorCountries: ActivityWindow | null;
  ipEvents: ActivityWindow;
  linkedIdIps: ActivityWindow | null;
  linkedIdVisitors: ActivityWindow | null;
};

/** What is usual in the workspace, for `highActivity`. */
export type PopulationFacts = {
  /** The 99th percentile of daily events per visitor; null while too few visitors are known. */
  dailyEventsP99: number | null;
  /** Daily events that the workspace puts up with whatever the others do, 1 or more; missing where it has chosen none. */
  dailyEventsFloor?: number;
};

/**
 * The zone of the earth's surface that an app's place lies in: its name within the workspace, its radius in metres, and the chance,
 * 0..1, that the device is in it, by the accuracy that came with the place.
 */
export type ZoneFacts = { id: string; radius: number; chance: number };

/** Everything that a judgement may look at. Engine functions are pure: the same facts give the same event. */
export type Facts = {
  /** Unix milliseconds of the event. */
  time: number;
  platform: Sdk['platform'];
  components: Components;
  headers: HeaderFacts;
  network: NetworkFacts;
  browser: BrowserDetails;
  replay: ReplayFacts;
  activity: ActivityFacts;
  population: PopulationFacts;
  /** What the token's check found wrong: evidence of a copied token. */
  tokenContradictions: Evidence[];
  /** How rare the device is among the workspace's visitors; missing where it showed too little to be counted. */
  rarity?: DeviceRarity;
  /** Pairs of values that next to nobody of the workspace shows together; missing where nothing was counted. See `strangePairs`. */
  strangePairs?: Evidence[];
  /** Which bot the visitor says it is, and how far that is proven; missing where it names none. See `identifyBot`. */
  bot?: BotIdentity;
  /** The TLS hello of the visitor's connection; missing where neither this server nor a trusted proxy read it. */
  tls?: TlsFacts;
  /** The system that a trusted proxy read from the connection's TCP handshake; missing where none says so. */
  tcpSystem?: TcpSystem;
  /** Missing where no place was shared, or it is too coarse for any zone. */
  zone?: ZoneFacts;
  /** Where the same installation said that it was within the last day; missing where it did not. */
  earlierPlace?: PlaceFacts;
  /** What became of the signature that an app put on its request; left out where it put none and none is required. */
  reportSignature?: ReportSignature;
  /** Whether whoever runs the app says that all reports with its public key are signed. */
  signatureRequired?: boolean;
};

const NOTHING: ActivityWindow = { minutes5: 0, hour: 0, day: 0 };

/** The counters of someone who was never counted. */
export const noActivity: ActivityFacts = {
  visitorEvents: NOTHING,
  visitorIps: NOTHING,
  visitorLinkedIds: null,
  visitorCountries: null,
  ipEvents: NOTHING,
  linkedIdIps: null,
  linkedIdVisitors: null,
};

/** The value of a source, or undefined where it failed, was absent or was not collected. */
export const sourceValue = <N extends SourceName>(
  facts: Pick<Facts, 'components'>,
  name: N,
): SourceValue<N> | undefined => {
  const component = facts.components[name];
  // The cast restores what the mapped type loses: components[name] is Component<SourceValue<N>> by construction.
  return component !== undefined && 'value' in component ? (component.value as SourceValue<N>) : undefined;
};

/** A section of a mobile client, or undefined where it failed or was not sent. */
export const sectionValue = <N extends MobileSectionName>(
  facts: Pick<Facts, 'components'>,
  name: N,
): MobileSection<N> | undefined => {
  const component = facts.components[name];
  // The cast restores what the mapped type loses, as in `sourceValue`.
  return component !== undefined && 'value' in component ? (component.value as MobileSection<N>) : undefined;
};

/** Whether the source ran to an end, be it a value or a plain absence. */
export const collected = (facts: Pick<Facts, 'components'>, name: SourceName): boolean => {
  const component = facts.components[name];
  return component !== undefined && !('error' in component);
};

/** Whether the agent saw the browser randomise this source. */
export const isNoised = (facts: Pick<Facts, 'components'>, name: SourceName): boolean => {
  const component = facts.components[name];
  return component !== undefined && 'noised' in component && component.noised === true;
};
