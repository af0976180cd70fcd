import {
  type Attribute,
  type Event,
  type Feature,
  isDetected,
  type Signal,
  type SignalData,
  type V3Event,
  type V3Products,
  type VelocityIntervals,
  v3Errors,
} from '@whorl/contract';
import { failedProducts } from '../failed-products.ts';
import { nearZone } from '../near-zone.ts';
import { v3IdentificationView } from './identification-view.ts';
import { iso, isoSeconds } from './moments.ts';
import { NOTHING_HIDDEN, type ViewOptions } from './view-options.ts';

/** v3 knows no third state: what is unknown reads as false. */
const verdict = (signal: Signal<unknown>): { data: { result: boolean } } => ({ data: { result: isDetected(signal) } });

/** v3 does not say which bot it is. */
const botView = ({ result, type }: SignalData['botd']): Pick<SignalData['botd'], 'result' | 'type'> => ({
  result,
  ...(type === undefined ? {} : { type }),
});

const intervals = (counts: VelocityIntervals | null): { intervals?: VelocityIntervals } =>
  counts === null ? {} : { intervals: counts };

/** FingerprintJS's names for the parts of a canvas are lower-case in the page and capitalised in the API. */
const canvasValue = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([name, part]) => [name.charAt(0).toUpperCase() + name.slice(1), part]);
  return Object.fromEntries(parts);
};

const attributeView = (name: string, attribute: Attribute) => {
  if ('error' in attribute) return { error: attribute.error };
  if ('absent' in attribute) return {};
  return { value: name === 'canvas' ? canvasValue(attribute.value) : attribute.value };
};

/** Products that exist only when there is something to say: no location was shared, or no population is known yet. */
const occasional = ({ signals: { proximity, rareDevice } }: Event): Partial<V3Products> => {
  const zone = nearZone(proximity.data);
  return {
    ...(zone === undefined ? {} : { proximity: { data: zone } }),
    ...(rareDevice.state === 'unknown'
      ? {}
      : { rareDevice: { data: { result: isDetected(rareDevice), ...rareDevice.data } } }),
  };
};

/** The products that are not switched off. */
const shown = (products: V3Products, hidden: ReadonlySet<Feature>): V3Products =>
  hidden.size === 0
    ? products
    : (Object.fromEntries(Object.entries(products).filter(([name]) => !hidden.has(name as Feature))) as V3Products);

const productsOf = (event: Event, options: ViewOptions): V3Products => {
  const { signals } = event;
  const { velocity } = signals;
  return {
    identification: { data: v3IdentificationView(event, options) },
    botd: {
      data: {
        bot: botView(signals.botd.data),
        ...(Object.keys(event.tag).length === 0 ? {} : { meta: event.tag }),
        ...(event.linkedId === undefined ? {} : { linkedId: event.linkedId }),
        url: event.url,
        ip: event.ip,
        time: iso(event.time),
        userAgent: event.userAgent,
        requestId: event.id,
      },
    },
    rootApps: verdict(signals.rootApps),
    // Of Android alone, as it is published: v3 has no word for the simulator of iOS.
    emulator: { data: { result: event.sdk.platform !== 'ios' && isDetected(signals.emulator) } },
    ipInfo: { data: signals.ipInfo.data },
    ipBlocklist: { data: { result: isDetected(signals.ipBlocklist), details: signals.ipBlocklist.data } },
    tor: verdict(signals.tor),
    vpn: { data: { result: isDetected(signals.vpn), ...signals.vpn.data } },
    proxy: { data: { result: isDetected(signals.proxy), ...signals.proxy.data } },
    incognito: verdict(signals.incognito),
    tampering: { data: { result: isDetected(signals.tampering), ...signals.tampering.data } },
    clonedApp: verdict(signals.clonedApp),
    factoryReset: {
      data: {
        time: isoSeconds(signals.factoryReset.data.timestamp),
        timestamp: signals.factoryReset.data.timestamp,
      },
    },
    jailbroken: verdict(signals.jailbroken),
    frida: verdict(signals.frida),
    privacySettings: verdict(signals.privacySettings),
    virtualMachine: verdict(signals.virtualMachine),
    rawDeviceAttributes: {
      data: Object.fromEntries(
        Object.entries(event.attributes).map(([name, attribute]) => [name, attributeView(name, attribute)]),
      ),
    },
    highActivity: { data: { result: isDetected(signals.highActivity), ...signals.highActivity.data } },
    locationSpoofing: verdict(signals.locationSpoofing),
    suspectScore: { data: event.suspectScore.data },
    velocity: {
      data: {
        distinctIp: intervals(velocity.data.distinctIp),
        distinctLinkedId: intervals(velocity.data.distinctLinkedId),
        distinctCountry: intervals(velocity.data.distinctCountry),
        events: intervals(velocity.data.events),
        ipEvents: intervals(velocity.data.ipEvents),
        distinctIpByLinkedId: intervals(velocity.data.distinctIpByLinkedId),
        distinctVisitorIdByLinkedId: intervals(velocity.data.distinctVisitorIdByLinkedId),
      },
    },
    developerTools: verdict(signals.developerTools),
    mitmAttack: verdict(signals.mitmAttack),
    ...occasional(event),
  };
};

/** Products that failed stand with an error in place of their data, beside the others. `replayed` is no product in v3. */
const withFailures = (products: V3Products, event: Event): V3Products => {
  const { code, message } = v3Errors.failed;
  const failures = failedProducts(event).filter((name) => name !== 'replayed');
  return failures.length === 0
    ? products
    : { ...products, ...Object.fromEntries(failures.map((name) => [name, { error: { code, message } }])) };
};

/** The v3 form of an event: what `GET /events/{request_id}` answers. Pure. */
export const v3EventView = (event: Event, options: ViewOptions = {}): V3Event => ({
  products: shown(withFailures(productsOf(event, options), event), options.hidden ?? NOTHING_HIDDEN),
});
