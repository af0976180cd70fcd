import type { V4Event } from '@whorl/contract';
import { anyOf, atLeast, bots, type Looks, same, verdict, within } from './search-look.ts';

/** The filters of `GET /v4/events` that some event can fit, as `docs/server-api-v4.md` describes them. */
export const v4Looks: Looks<V4Event> = {
  visitor_id: same((event) => event.identification?.visitor_id),
  bot: bots(({ bot }) => (bot === 'not_detected' ? 'none' : bot)),
  bot_info: {
    read: ({ bot, bot_info: info }) =>
      info !== undefined ? 'all' : bot === undefined ? undefined : bot === 'not_detected' ? 'none' : 'neither',
    ask: (shown) => (shown === 'none' ? 'none' : 'all'),
    test: (asked) => (shown) => shown === asked,
  },
  bot_info_category: anyOf((event) => event.bot_info?.category, ['ai_crawler', 'security']),
  bot_info_identity: anyOf((event) => event.bot_info?.identity, ['spoofed', 'signed']),
  bot_info_confidence: anyOf((event) => event.bot_info?.confidence, ['low', 'high']),
  bot_info_provider: anyOf((event) => event.bot_info?.provider, ['OpenAI', 'openai']),
  bot_info_name: anyOf((event) => event.bot_info?.name, ['GPTBot', 'nobody']),
  ip_address: within((event) => event.ip_address, { alone: true }),
  asn: same(({ ip_info: info }) => (info?.v4 ?? info?.v6)?.asn),
  linked_id: same((event) => event.linked_id),
  url: same((event) => event.url),
  // No answer shows the origin: it is looked for as the client sent it.
  origin: same((_, event) => event.origin),
  suspect: verdict((event) => event.suspect),
  vpn: verdict((event) => event.vpn),
  virtual_machine: verdict((event) => event.virtual_machine),
  tampering: verdict((event) => event.tampering),
  anti_detect_browser: verdict((event) => event.tampering_details?.anti_detect_browser),
  incognito: verdict((event) => event.incognito),
  privacy_settings: verdict((event) => event.privacy_settings),
  jailbroken: verdict((event) => event.jailbroken),
  frida: verdict((event) => event.frida),
  // The one filter whose `false` finds events that leave the field out, but where the product failed.
  factory_reset: verdict(({ factory_reset_timestamp: time = 0 }, { signals }) =>
    signals.factoryReset.failed ? undefined : time > 0,
  ),
  cloned_app: verdict((event) => event.cloned_app),
  emulator: verdict((event) => event.emulator),
  simulator: verdict((event) => event.simulator),
  root_apps: verdict((event) => event.root_apps),
  vpn_confidence: same((event) => event.vpn_confidence),
  min_suspect_score: atLeast((event) => event.suspect_score),
  developer_tools: verdict((event) => event.developer_tools),
  location_spoofing: verdict((event) => event.location_spoofing),
  mitm_attack: verdict((event) => event.mitm_attack),
  rare_device: verdict((event) => event.rare_device),
  rare_device_percentile_bucket: same((event) => event.rare_device_percentile_bucket),
  proxy: verdict((event) => event.proxy),
  sdk_version: same((event) => event.sdk?.version),
  sdk_platform: same((event) => event.sdk?.platform),
  environment: anyOf((event) => event.environment_id, ['ae_9999999999999999']),
  proximity_id: same((event) => event.proximity?.id),
  tor_node: verdict((event) => event.ip_blocklist?.tor_node),
};
