import {
  type EventFilter,
  type FlagTest,
  type SearchFlag,
  type V4SearchName,
  v4FieldPlatforms,
  type v4SearchQuery,
} from '@whorl/contract';
import { canonicalNetwork } from '@whorl/engine';
import type { Query } from '../server-api/read-query.ts';

type SearchQuery = Query<typeof v4SearchQuery>;
type Value<N extends V4SearchName> = NonNullable<SearchQuery[N]>;

/** What a parameter asks of an event: a filter; `nothing` where no event has what it asks for; `wrong` when it cannot be read. */
export type Condition = EventFilter | 'nothing' | 'wrong';

const flag = (name: SearchFlag, test: FlagTest): EventFilter => ({ flags: { [name]: test } });

/** A product that reads as false where the evidence did not tell. */
const verdict = (name: SearchFlag) => (value: boolean) => flag(name, value ? 'detected' : 'notDetected');

const botInfo = (key: keyof NonNullable<EventFilter['botInfo']>) => (values: string[]) =>
  // The schema of the parameter has only the words that the filter knows.
  ({ botInfo: { [key]: [...new Set(values)] } }) as EventFilter;

const nothing = (): Condition => 'nothing';

const BOTS: Record<Value<'bot'>, NonNullable<EventFilter['bot']>> = {
  all: ['good', 'bad'],
  good: ['good'],
  bad: ['bad'],
  none: ['notDetected'],
};

/** No score comes near it; databases keep scores in 32 bits. */
const HIGHEST_SCORE = 2 ** 31 - 1;

/** An address is a network of its own. */
const network = (text: string): Condition => {
  const read = canonicalNetwork(text);
  return read === undefined ? 'wrong' : { network: read };
};

/** Parameters that do not pick events, but say where to look and how to answer. */
export type SearchControl = 'limit' | 'pagination_key' | 'start' | 'end' | 'reverse' | 'total_hits' | 'source';

/** What each parameter asks of an event, by its value and by whose events are searched. */
export const searchConditions: {
  [N in Exclude<V4SearchName, SearchControl>]: (value: Value<N>, source: 'device' | 'edge') => Condition;
} = {
  visitor_id: (visitorId) => ({ visitorId }),
  high_recall_id: nothing,
  bot: (value) => ({ bot: BOTS[value] }),
  // Events of the edge have no verdict on bots beside what is known of them.
  bot_info: (value, source) => {
    if (value === 'all') return { hasBotInfo: true };
    return { hasBotInfo: false, ...(source === 'edge' ? {} : { bot: BOTS.none }) };
  },
  bot_info_category: botInfo('category'),
  bot_info_identity: botInfo('identity'),
  bot_info_confidence: botInfo('confidence'),
  bot_info_provider: botInfo('provider'),
  bot_info_name: botInfo('name'),
  ip_address: network,
  asn: (asn) => ({ asn }),
  linked_id: (linkedId) => ({ linkedId }),
  url: (url) => ({ url }),
  bundle_id: nothing,
  package_name: nothing,
  origin: (origin) => ({ origin }),
  suspect: (suspect) => ({ suspect }),
  vpn: verdict('vpn'),
  virtual_machine: verdict('virtualMachine'),
  tampering: verdict('tampering'),
  anti_detect_browser: verdict('antiDetectBrowser'),
  incognito: verdict('incognito'),
  privacy_settings: verdict('privacySettings'),
  jailbroken: verdict('jailbroken'),
  frida: verdict('frida'),
  // No time of a reset is shown where the platform cannot have one; absent is as good as zero.
  factory_reset: (value) =>
    value
      ? { ...flag('factoryReset', 'detected'), sdkPlatforms: [...v4FieldPlatforms.factory_reset_timestamp] }
      : flag('factoryReset', 'notDetected'),
  cloned_app: verdict('clonedApp'),
  emulator: verdict('emulator'),
  root_apps: verdict('rootApps'),
  vpn_confidence: (vpnConfidence) => ({ vpnConfidence }),
  // Scores are whole numbers.
  min_suspect_score: (score) => ({ minSuspectScore: Math.ceil(Math.min(Math.max(score, 0), HIGHEST_SCORE)) }),
  developer_tools: verdict('developerTools'),
  location_spoofing: verdict('locationSpoofing'),
  mitm_attack: verdict('mitmAttack'),
  // Shown only where it could be judged.
  rare_device: (value) => flag('rareDevice', value ? 'detected' : 'clear'),
  rare_device_percentile_bucket: (rareDeviceBucket) => ({ rareDeviceBucket }),
  proxy: verdict('proxy'),
  sdk_version: (sdkVersion) => ({ sdkVersion }),
  sdk_platform: (platform) => ({ sdkPlatforms: [platform] }),
  environment: (environmentIds) => ({ environmentIds: [...new Set(environmentIds)] }),
  proximity_id: (proximityId) => ({ proximityId }),
  tor_node: verdict('tor'),
  incremental_identification_status: nothing,
  simulator: verdict('simulator'),
  active_call: nothing,
};
