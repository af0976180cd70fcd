import Type from 'typebox';
import { botCategories } from '../bot-info.ts';
import { VISITOR_ID_PATTERN } from '../ids.ts';
import { oneOf } from '../json.ts';
import { OBSERVATION_LIMITS } from '../observation.ts';
import type { ApiErrors, ApiParameter } from '../openapi/endpoint.ts';
import { ConfidenceLevel } from '../signals.ts';
import type { Feature } from '../tenancy.ts';
import { v4Errors } from './errors.ts';
import type { V4PlatformField } from './platforms.ts';

/** A parameter of the search: how it is documented, and what it rests on. */
export type V4SearchParameter = ApiParameter & {
  /** What is answered to a value that is wrong, besides `invalid <name>`. */
  message?: string;
  /** The product that it looks at: where a workspace has it switched off, nothing is found. */
  product?: Feature;
  /** The field that it looks at, where only some platforms have it: on the others nothing is found. */
  field?: V4PlatformField;
  /** Edge events have what it looks at. By any other filter none of them is found. */
  edge?: true;
};

/** Events on a page unless another number is asked for. */
export const V4_SEARCH_PAGE = 10;

/** Latest moment that a date can hold (ECMA-262, 21.4.1.1). Unix milliseconds. */
const LAST_MOMENT = 8_640_000_000_000_000;

const flag = Type.Boolean();
const exact = (maxLength: number) => Type.String({ maxLength });
const moment = Type.Union([
  Type.String({ format: 'date-time', maxLength: 64 }),
  Type.Integer({ minimum: 0, maximum: LAST_MOMENT }),
]);

/** A filter by a yes or no of the event. */
const verdict = <const R extends Omit<V4SearchParameter, 'schema' | 'description'>>(description: string, rest: R) => ({
  schema: flag,
  description,
  ...rest,
});

/** A filter by what this server's events never have. */
const lacking = ' Events of this server have none: whatever the value, nothing is found.';

/**
 * The 52 parameters of `GET /v4/events` by their names on the wire. The first that is wrong, in this order, is answered
 * for. Parameters that are not named here are ignored, as are texts that are empty.
 */
export const v4SearchQuery = {
  limit: {
    schema: Type.Integer({ minimum: 1, maximum: 100, default: V4_SEARCH_PAGE }),
    description: 'How many events a page holds at most.',
    edge: true,
  },
  pagination_key: {
    schema: exact(256),
    description:
      'The `pagination_key` of the page before, as it was given. All other parameters must be those of the first page; its start and end hold.',
    message: 'invalid pagination key',
    edge: true,
  },
  visitor_id: {
    schema: Type.String({ pattern: VISITOR_ID_PATTERN }),
    description: 'Events of this visitor. One that has no events at all is answered with 404.',
    message: 'invalid visitor id',
  },
  high_recall_id: {
    schema: Type.String({ pattern: '^[a-zA-Z0-9]{1,25}$' }),
    description: `Events of this supplementary id.${lacking}`,
  },
  bot: {
    schema: oneOf('all', 'good', 'bad', 'none'),
    description: 'Events of good bots, of bad ones, of `all` bots, or of none.',
    message: 'invalid bot type',
    product: 'botd',
    field: 'bot',
  },
  bot_info: {
    schema: oneOf('all', 'none'),
    description:
      '`all`: events of which it is known which bot made them. `none`: events that no bot made, as far as is known.',
    product: 'botd',
    field: 'bot_info',
    edge: true,
  },
  bot_info_category: {
    schema: oneOf(...botCategories),
    several: 'repeated',
    description: 'Events of a bot of one of these kinds.',
    product: 'botd',
    field: 'bot_info',
    edge: true,
  },
  bot_info_identity: {
    schema: oneOf('verified', 'signed', 'spoofed', 'unknown'),
    several: 'repeated',
    description: 'Events of a bot that is known so far.',
    product: 'botd',
    field: 'bot_info',
    edge: true,
  },
  bot_info_confidence: {
    schema: ConfidenceLevel,
    several: 'repeated',
    description: 'Events of a bot that is known this surely.',
    product: 'botd',
    field: 'bot_info',
    edge: true,
  },
  bot_info_provider: {
    schema: exact(256),
    several: 'repeated',
    description: 'Events of a bot that one of these runs, by the exact name.',
    product: 'botd',
    field: 'bot_info',
    edge: true,
  },
  bot_info_name: {
    schema: exact(256),
    several: 'repeated',
    description: 'Events of one of these bots, by the exact name.',
    product: 'botd',
    field: 'bot_info',
    edge: true,
  },
  ip_address: {
    schema: exact(64),
    description:
      'Events from this address, or from any address of this network in CIDR notation. Bits of the host may be set and do not count.',
    message: 'invalid ip address',
    edge: true,
  },
  asn: {
    schema: Type.String({ pattern: '^[0-9]{1,10}$' }),
    description: 'Events from addresses of this autonomous system: its number, without `AS`.',
    product: 'ipInfo',
    edge: true,
  },
  linked_id: {
    schema: Type.String({ maxLength: OBSERVATION_LIMITS.linkedIdLength }),
    description: 'Events with exactly this linked id.',
    message: v4Errors.linkedIdTooLong.message,
    edge: true,
  },
  url: {
    schema: exact(16_384),
    description: 'Events with exactly this address, its query and fragment included.',
    field: 'url',
    edge: true,
  },
  bundle_id: { schema: exact(256), description: `Events of this iOS app.${lacking}` },
  package_name: { schema: exact(256), description: `Events of this Android app.${lacking}` },
  origin: {
    schema: exact(2_048),
    description: 'Events of pages of this origin: the `Origin` header, such as `https://shop.example`.',
  },
  start: {
    schema: moment,
    description: 'Events after this moment, RFC 3339 or unix milliseconds. By default seven days ago.',
    message: 'invalid start time',
    edge: true,
  },
  end: {
    schema: moment,
    description: 'Events before this moment, RFC 3339 or unix milliseconds. By default now.',
    message: 'invalid end time',
    edge: true,
  },
  reverse: verdict('Oldest events first. By default the newest come first.', {
    message: 'invalid reverse param',
    edge: true,
  }),
  suspect: verdict('Events that an update marked as suspect, or as not. Events that none marked are neither.', {}),
  vpn: verdict('Events through a VPN, or not.', { product: 'vpn', edge: true }),
  virtual_machine: verdict('Events from a virtual machine, or not.', {
    product: 'virtualMachine',
    field: 'virtual_machine',
  }),
  tampering: verdict('Events of browsers that contradict themselves, or do not.', { product: 'tampering' }),
  anti_detect_browser: verdict('Events of anti-detect browsers, or of others.', { product: 'tampering' }),
  incognito: verdict('Events from private windows, or from others.', { product: 'incognito', field: 'incognito' }),
  privacy_settings: verdict('Events of browsers that resist being recognised, or do not.', {
    product: 'privacySettings',
    field: 'privacy_settings',
  }),
  jailbroken: verdict('Events of jailbroken iOS devices, or of others.', {
    product: 'jailbroken',
    field: 'jailbroken',
  }),
  frida: verdict('Events of devices with Frida, or without.', { product: 'frida', field: 'frida' }),
  factory_reset: verdict(
    'Events of mobile devices that were reset; `false` for those that show no time of a reset, as browsers do not.',
    {
      product: 'factoryReset',
    },
  ),
  cloned_app: verdict('Events of cloned Android apps, or of others.', { product: 'clonedApp', field: 'cloned_app' }),
  emulator: verdict('Events of emulated Android devices, or of others.', { product: 'emulator', field: 'emulator' }),
  root_apps: verdict('Events of Android devices with apps for root access, or without.', {
    product: 'rootApps',
    field: 'root_apps',
  }),
  vpn_confidence: {
    schema: ConfidenceLevel,
    description: 'Events whose VPN verdict is this sure, whichever it is.',
    product: 'vpn',
    edge: true,
  },
  min_suspect_score: {
    schema: Type.Number(),
    description: 'Events whose suspect score is this or more.',
    product: 'suspectScore',
  },
  developer_tools: verdict('Events with developer tools open, or not.', { product: 'developerTools' }),
  location_spoofing: verdict('Events of devices that pretend to be elsewhere, or do not.', {
    product: 'locationSpoofing',
    field: 'location_spoofing',
  }),
  mitm_attack: verdict('Events whose connection was read by somebody, or was not.', {
    product: 'mitmAttack',
    field: 'mitm_attack',
  }),
  rare_device: verdict('Events of rare devices, or of others. Events where that is not known are neither.', {
    product: 'rareDevice',
    field: 'rare_device',
  }),
  rare_device_percentile_bucket: {
    schema: oneOf('<p95', 'p95-p99', 'p99-p99.5', 'p99.5-p99.9', 'p99.9+', 'not_seen'),
    description: 'Events of devices that are this rare.',
    product: 'rareDevice',
    field: 'rare_device_percentile_bucket',
  },
  proxy: verdict('Events through a proxy, or not.', { product: 'proxy', edge: true }),
  sdk_version: { schema: exact(64), description: 'Events of clients of exactly this version.' },
  sdk_platform: {
    schema: oneOf('js', 'android', 'ios'),
    description: 'Events of clients of this platform.',
  },
  environment: {
    schema: exact(1_024),
    several: 'repeated',
    description:
      'Events of one of these environments, named by their ids. A key of one environment sees no others; of one that does not exist there are none.',
    edge: true,
  },
  proximity_id: {
    schema: exact(64),
    description: 'Events of devices in this zone.',
    product: 'proximity',
  },
  total_hits: {
    schema: Type.Integer({ minimum: 1, maximum: 1000 }),
    description: 'Also count the events of all pages, up to this number.',
    edge: true,
  },
  tor_node: verdict('Events from exits of the Tor network, or from elsewhere.', { product: 'tor' }),
  incremental_identification_status: {
    schema: oneOf('partially_completed', 'completed'),
    description: `Events that were identified in steps and have come this far.${lacking}`,
  },
  simulator: verdict('Events of simulated iOS devices, or of others.', { product: 'emulator', field: 'simulator' }),
  active_call: verdict(`Events of devices in a call, or not.${lacking}`, {}),
  source: {
    schema: oneOf('edge'),
    several: 'repeated',
    description:
      '`edge`: events that a server asked about by `POST /v4/edge`, and no others. By default those of clients, and no others. Given at most once.',
    edge: true,
  },
} as const satisfies Readonly<Record<string, V4SearchParameter>>;

export type V4SearchName = keyof typeof v4SearchQuery;

/** All names in the order of the table. */
export const v4SearchNames = Object.keys(v4SearchQuery) as V4SearchName[];

/** What a wrong value of a parameter is answered with. */
export const v4SearchFault = (name: V4SearchName): string => {
  const parameter: V4SearchParameter = v4SearchQuery[name];
  return parameter.message ?? `invalid ${name}`;
};

/** The errors of wrong search parameters by the parameters' names, for documents. */
export const v4SearchErrors: ApiErrors = Object.fromEntries(
  v4SearchNames.map((name) => [
    name,
    {
      status: 400,
      code: 'request_cannot_be_parsed',
      message: v4SearchFault(name),
      when: `\`${name}\` has a value that is not allowed, or several where one is.`,
    },
  ]),
);
