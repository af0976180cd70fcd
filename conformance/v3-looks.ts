import type { V3Event } from '@whorl/contract';
import { anyOf, atLeast, bots, type Look, type Looks, same, verdict, within } from './search-look.ts';

type Products = V3Event['products'];

/** A product's verdict. */
const result = (read: (products: Products) => { data?: { result?: boolean } } | undefined): Look<V3Event> =>
  verdict(({ products }) => read(products)?.data?.result);

const identification = ({ products }: V3Event) => products.identification?.data;

/** The filters of `GET /events/search`, as `docs/server-api.md` describes them. */
export const v3Looks: Looks<V3Event> = {
  visitor_id: same((event) => identification(event)?.visitorId),
  bot: bots(({ products }) => {
    const shown = products.botd?.data?.bot.result;
    return shown === 'notDetected' ? 'none' : shown;
  }),
  ip_address: within((event) => identification(event)?.ip, { alone: false }),
  linked_id: same((event) => identification(event)?.linkedId),
  suspect: verdict((event) => identification(event)?.suspect),
  vpn: result(({ vpn }) => vpn),
  virtual_machine: result(({ virtualMachine }) => virtualMachine),
  tampering: result(({ tampering }) => tampering),
  anti_detect_browser: verdict(({ products }) => products.tampering?.data?.antiDetectBrowser),
  incognito: result(({ incognito }) => incognito),
  privacy_settings: result(({ privacySettings }) => privacySettings),
  jailbroken: result(({ jailbroken }) => jailbroken),
  frida: result(({ frida }) => frida),
  factory_reset: verdict(({ products: { factoryReset } }) =>
    factoryReset?.data === undefined ? undefined : factoryReset.data.timestamp > 0,
  ),
  cloned_app: result(({ clonedApp }) => clonedApp),
  emulator: result(({ emulator }) => emulator),
  root_apps: result(({ rootApps }) => rootApps),
  vpn_confidence: same(({ products }) => products.vpn?.data?.confidence),
  min_suspect_score: atLeast(({ products }) => products.suspectScore?.data?.result),
  ip_blocklist: result(({ ipBlocklist }) => ipBlocklist),
  datacenter: verdict(
    ({ products: { ipInfo } }) => ipInfo?.data?.v4?.datacenter?.result ?? ipInfo?.data?.v6?.datacenter?.result,
  ),
  developer_tools: result(({ developerTools }) => developerTools),
  location_spoofing: result(({ locationSpoofing }) => locationSpoofing),
  mitm_attack: result(({ mitmAttack }) => mitmAttack),
  rare_device: result(({ rareDevice }) => rareDevice),
  rare_device_percentile_bucket: same(({ products }) => products.rareDevice?.data?.percentileBucket),
  proxy: result(({ proxy }) => proxy),
  sdk_version: same((event) => identification(event)?.sdk?.version),
  sdk_platform: same((event) => identification(event)?.sdk?.platform),
  'environment[]': anyOf((event) => identification(event)?.environmentId, ['', 'null', 'ae_9999999999999999']),
  proximity_id: same(({ products }) => products.proximity?.data?.id),
  proximity_precision_radius: same(({ products }) => products.proximity?.data?.precisionRadius),
};
