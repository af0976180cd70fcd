import {
  type EventFilter,
  type EventSearch,
  type SearchFlag,
  V3_SEARCH_PAGE,
  type V3SearchParameterName,
  v3SearchQuery,
} from '@whorl/contract';
import { canonicalNetwork } from '@whorl/engine';
import type { Access } from '../server-api/access.ts';
import { type Query, queryReader } from '../server-api/read-query.ts';
import { readCursor } from '../server-api/search-cursor.ts';
import { WEEK } from '../server-api/week.ts';
import { RequestCannotBeParsedError } from './errors.ts';

type SearchQuery = Query<typeof v3SearchQuery>;

/** The parameters that ask for a verdict. */
const FLAGS = {
  vpn: 'vpn',
  virtual_machine: 'virtualMachine',
  tampering: 'tampering',
  anti_detect_browser: 'antiDetectBrowser',
  incognito: 'incognito',
  privacy_settings: 'privacySettings',
  jailbroken: 'jailbroken',
  frida: 'frida',
  factory_reset: 'factoryReset',
  cloned_app: 'clonedApp',
  emulator: 'emulator',
  root_apps: 'rootApps',
  ip_blocklist: 'ipBlocklist',
  datacenter: 'datacenter',
  developer_tools: 'developerTools',
  location_spoofing: 'locationSpoofing',
  mitm_attack: 'mitmAttack',
  rare_device: 'rareDevice',
  proxy: 'proxy',
} as const satisfies Partial<Record<V3SearchParameterName, SearchFlag>>;

/** Verdicts that an event shows only where they could be given; all others read as false where the evidence did not tell. */
const SHOWN_WHEN_JUDGED: ReadonlySet<SearchFlag> = new Set(['rareDevice', 'datacenter']);

const BOTS = { all: ['good', 'bad'], good: ['good'], bad: ['bad'], none: ['notDetected'] } as const;

const parse = queryReader(v3SearchQuery, (name) => new RequestCannotBeParsedError(v3SearchQuery[name].error));

const flagsOf = (query: SearchQuery): NonNullable<EventFilter['flags']> => {
  const flags: NonNullable<EventFilter['flags']> = {};
  for (const [name, flag] of Object.entries(FLAGS) as [keyof typeof FLAGS, SearchFlag][]) {
    if (query[name] === true) flags[flag] = 'detected';
    if (query[name] === false) flags[flag] = SHOWN_WHEN_JUDGED.has(flag) ? 'clear' : 'notDetected';
  }
  return flags;
};

const networkOf = (text: string): string => {
  // An address alone is no CIDR in this version of the API.
  const network = text.includes('/') ? canonicalNetwork(text) : undefined;
  if (network === undefined) throw new RequestCannotBeParsedError('invalidIpAddress');
  return network;
};

/** The environments that are both asked for and the key's to see; undefined: all of the workspace. */
const environmentsOf = ({ environment }: SearchQuery, { scope }: Access): string[] | undefined => {
  const { environmentId } = scope;
  if (environmentId === undefined) return environment && [...new Set(environment)];
  return environment === undefined || environment.includes(environmentId) ? [environmentId] : [];
};

/** Only what is there, so that no filter is set to nothing. */
const given = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

const filterOf = (query: SearchQuery, access: Access): EventFilter => {
  const { bot, ip_address: address, sdk_platform: platform } = query;
  const flags = flagsOf(query);
  return given({
    environmentIds: environmentsOf(query, access),
    visitorId: query.visitor_id,
    linkedId: query.linked_id,
    network: address === undefined ? undefined : networkOf(address),
    bot: bot && [...BOTS[bot]],
    flags: Object.keys(flags).length === 0 ? undefined : flags,
    vpnConfidence: query.vpn_confidence,
    suspect: query.suspect,
    minSuspectScore: query.min_suspect_score,
    rareDeviceBucket: query.rare_device_percentile_bucket,
    proximityId: query.proximity_id,
    proximityPrecisionRadius: query.proximity_precision_radius,
    sdkPlatforms: platform && [platform],
    sdkVersion: query.sdk_version,
  });
};

/** Between which times to look, and where to go on. */
const placeOf = (query: SearchQuery, now: number): Pick<EventSearch, 'after' | 'before' | 'from'> => {
  const { start, end, pagination_key: key, reverse } = query;
  // What happens in this very millisecond is searched as well.
  const range = { after: start ?? now - WEEK, before: end ?? now + 1 };
  if (key === undefined) return { ...range, from: null };
  const cursor = readCursor(key);
  if (cursor !== undefined) return { after: start ?? cursor.after, before: end ?? cursor.before, from: cursor.from };
  if (!/^\d{13}$/.test(key)) throw new RequestCannotBeParsedError('invalidPaginationKey');
  const time = Number(key);
  return reverse === true
    ? { ...range, after: Math.max(range.after, time), from: null }
    : { ...range, before: Math.min(range.before, time), from: null };
};

/** Whether the workspace has something switched off that the search looks at: then no event has it. */
const looksAtHidden = (query: SearchQuery, { workspace }: Access): boolean =>
  Object.keys(query).some((name) => {
    const parameter = v3SearchQuery[name as V3SearchParameterName];
    return 'product' in parameter && workspace.disabledFeatures.includes(parameter.product);
  });

/**
 * What a query of `GET /events/search` asks the store for; null where no event can match. Throws the error of the first
 * wrong parameter.
 *
 * @param now unix milliseconds
 */
export const searchRequest = (query: unknown, access: Access, now: number): EventSearch | null => {
  const read = parse(query);
  const filter = filterOf(read, access);
  const place = placeOf(read, now);
  if (looksAtHidden(read, access) || filter.environmentIds?.length === 0) return null;
  return {
    workspaceId: access.workspace.id,
    filter,
    ...place,
    order: read.reverse === true ? 'oldest-first' : 'newest-first',
    limit: Math.min(read.limit, V3_SEARCH_PAGE),
  };
};
