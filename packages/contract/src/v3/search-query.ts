import Type from 'typebox';
import { VISITOR_ID_PATTERN } from '../ids.ts';
import { oneOf } from '../json.ts';
import { OBSERVATION_LIMITS } from '../observation.ts';
import type { ApiParameter } from '../openapi/endpoint.ts';
import { signalDataSchemas } from '../signals.ts';
import type { Feature } from '../tenancy.ts';
import type { V3ParseErrorName } from './errors.ts';
import { proximityRadii } from './event.ts';

/** Events on one page at most; who asks for more gets a full page and the key of the next. */
export const V3_SEARCH_PAGE = 200;

/** Largest number of events that can be asked for: 32 bits with a sign. */
const MOST = 2 ** 31 - 1;

/** Farthest time that a date can hold, unix milliseconds (ECMA-262, 21.4.1.1). */
const LAST_TIME = 8.64e15;

/** A parameter of the search: how it is documented, what is answered when it is wrong, and what it rests on. */
export type V3SearchParameter = ApiParameter & {
  /** What a value that does not fit the schema is answered with. */
  error: V3ParseErrorName;
  /** The product that it looks at: where a workspace has it switched off, nothing is found. */
  product?: Feature;
};

const time = Type.Integer({ minimum: 0, maximum: LAST_TIME });
const text = Type.String({ maxLength: 1024 });

/** A filter by a product's verdict. */
const verdict = <const F extends Feature>(product: F, description: string) =>
  ({ schema: Type.Boolean(), description, error: 'invalidBody', product }) as const;

/** The parameters of `GET /events/search` by their names on the wire. A text that is empty is one that was not given. */
export const v3SearchQuery = {
  limit: {
    schema: Type.Integer({ minimum: 1, maximum: MOST }),
    description: `How many events to answer. A page holds ${V3_SEARCH_PAGE} at most.`,
    required: true,
    error: 'invalidLimit',
  },
  pagination_key: {
    schema: Type.String({ maxLength: 256 }),
    description:
      'The `paginationKey` of the page before. The time of an event in unix milliseconds is taken as well: the page then begins behind all events of that millisecond.',
    error: 'invalidPaginationKey',
  },
  visitor_id: {
    schema: Type.String({ pattern: VISITOR_ID_PATTERN }),
    description: 'Events of this visitor.',
    error: 'invalidVisitorId',
  },
  bot: {
    schema: oneOf('all', 'good', 'bad', 'none'),
    description: 'Events of good bots, of bad ones, of `all` bots, or of none.',
    error: 'invalidBotType',
    product: 'botd',
  },
  ip_address: {
    schema: Type.String({ maxLength: 64 }),
    description:
      'Events from addresses of this network, in CIDR notation such as `203.0.113.0/24`; `/32` or `/128` names one address. Bits of the host may be set and do not count.',
    error: 'invalidIpAddress',
  },
  linked_id: {
    schema: Type.String({ maxLength: OBSERVATION_LIMITS.linkedIdLength }),
    description: 'Events with exactly this linked id.',
    error: 'linkedIdTooLong',
  },
  start: {
    schema: time,
    description: 'Events after this time, unix milliseconds. By default seven days ago.',
    error: 'invalidStartTime',
  },
  end: {
    schema: time,
    description: 'Events before this time, unix milliseconds. By default now.',
    error: 'invalidEndTime',
  },
  reverse: {
    schema: Type.Boolean(),
    description: 'Oldest events first. By default the newest come first.',
    error: 'invalidReverse',
  },
  suspect: {
    schema: Type.Boolean(),
    description: 'Events that an update has marked as suspect, or as not. Unmarked events are neither.',
    error: 'invalidBody',
  },
  vpn: verdict('vpn', 'Whether a VPN was found.'),
  virtual_machine: verdict('virtualMachine', 'Whether a virtual machine was found.'),
  tampering: verdict('tampering', 'Whether tampering was found.'),
  anti_detect_browser: verdict('tampering', 'Whether the browser was found to be made for evading detection.'),
  incognito: verdict('incognito', 'Whether the window was private.'),
  privacy_settings: verdict('privacySettings', 'Whether the browser was found to resist fingerprinting.'),
  jailbroken: verdict('jailbroken', 'Whether the iOS device was jailbroken. Never true of browsers.'),
  frida: verdict('frida', 'Whether Frida was at work on the mobile device. Never true of browsers.'),
  factory_reset: verdict('factoryReset', 'Whether the mobile device was reset. Never true of browsers.'),
  cloned_app: verdict('clonedApp', 'Whether the Android app was a clone. Never true of browsers.'),
  emulator: verdict('emulator', 'Whether the Android device was emulated. Never true of browsers.'),
  root_apps: verdict('rootApps', 'Whether the Android device had apps that manage root. Never true of browsers.'),
  vpn_confidence: {
    schema: oneOf('high', 'medium', 'low'),
    description: 'How sure the verdict on a VPN is, whichever it is.',
    error: 'invalidBody',
    product: 'vpn',
  },
  min_suspect_score: {
    schema: Type.Number(),
    description: 'Events whose suspect score is this or more.',
    error: 'invalidBody',
    product: 'suspectScore',
  },
  ip_blocklist: verdict('ipBlocklist', 'Whether the address is on a list of known attackers or spammers.'),
  datacenter: verdict(
    'ipInfo',
    'Whether the address belongs to a datacenter. Events of which this is not known are neither.',
  ),
  developer_tools: verdict('developerTools', "Whether the browser's developer tools were open."),
  location_spoofing: verdict(
    'locationSpoofing',
    'Whether the mobile device faked its location. Never true of browsers.',
  ),
  mitm_attack: verdict('mitmAttack', 'Whether the mobile connection was intercepted. Never true of browsers.'),
  rare_device: verdict(
    'rareDevice',
    'Whether the configuration is rare. Events of which this is not known are neither.',
  ),
  rare_device_percentile_bucket: {
    schema: signalDataSchemas.rareDevice.properties.percentileBucket,
    description: 'How rare the configuration is among those seen; `not_seen` was never seen before.',
    error: 'invalidBody',
    product: 'rareDevice',
  },
  proxy: verdict('proxy', 'Whether the address is a known proxy.'),
  sdk_version: { schema: text, description: 'Events sent by exactly this version of a client.', error: 'invalidBody' },
  sdk_platform: {
    schema: oneOf('js', 'android', 'ios'),
    description: 'Events sent by clients of this platform; browsers are `js`.',
    error: 'invalidBody',
  },
  environment: {
    schema: text,
    description:
      'Events of any of these environments, named by their ids. Empty entries, and the word `null`, do not count.',
    several: 'brackets',
    error: 'invalidBody',
  },
  proximity_id: {
    schema: text,
    description: 'Events with exactly this proximity id. Browsers have none.',
    error: 'invalidBody',
    product: 'proximity',
  },
  proximity_precision_radius: {
    schema: Type.Unsafe<(typeof proximityRadii)[number]>({ type: 'integer', enum: [...proximityRadii] }),
    description: 'Events whose proximity id has this precision, a radius in metres. Browsers have none.',
    error: 'invalidBody',
    product: 'proximity',
  },
} as const satisfies Record<string, V3SearchParameter>;

export type V3SearchParameterName = keyof typeof v3SearchQuery;
