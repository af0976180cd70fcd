import { type Event, type Feature, isDetected, type SignalName, type V4Event } from '@whorl/contract';
import { failedProducts } from '../failed-products.ts';
import { nearZone } from '../near-zone.ts';
import { botInfoView } from './bot-info-view.ts';
import { ipInfoView } from './ip-info-view.ts';
import { known } from './known.ts';
import { orAbsent } from './or-absent.ts';
import { proxyView } from './proxy-view.ts';
import { rawAttributesView } from './raw-attributes-view.ts';
import { velocityView } from './velocity-view.ts';

/** Fields that are the bare verdict of a product. v4 knows no third state: what is unknown reads as false. */
const verdicts = {
  replayed: 'replayed',
  cloned_app: 'clonedApp',
  developer_tools: 'developerTools',
  emulator: 'emulator',
  frida: 'frida',
  incognito: 'incognito',
  jailbroken: 'jailbroken',
  location_spoofing: 'locationSpoofing',
  mitm_attack: 'mitmAttack',
  privacy_settings: 'privacySettings',
  root_apps: 'rootApps',
  // One product, of which an event shows the field of its platform.
  simulator: 'emulator',
  virtual_machine: 'virtualMachine',
  high_activity_device: 'highActivity',
} as const satisfies { [F in keyof V4Event]?: SignalName };

const verdictsView = ({ signals }: Event, hidden: ReadonlySet<Feature>): Partial<V4Event> =>
  Object.fromEntries(
    Object.entries(verdicts)
      .filter(([, name]) => !hidden.has(name))
      .map(([field, name]) => [field, isDetected(signals[name])]),
  );

const botView = ({ signals: { botd } }: Event): Partial<V4Event> =>
  known<Partial<V4Event>>({
    bot: botd.data.result === 'notDetected' ? 'not_detected' : botd.data.result,
    bot_type: botd.data.type,
    bot_info: botd.data.info === undefined ? undefined : botInfoView(botd.data.info),
  });

const vpnView = ({ signals: { vpn } }: Event): Partial<V4Event> =>
  known<Partial<V4Event>>({
    vpn: isDetected(vpn),
    vpn_confidence: vpn.data.confidence,
    vpn_origin_timezone: orAbsent(vpn.data.originTimezone),
    vpn_origin_country: orAbsent(vpn.data.originCountry),
    vpn_methods: {
      timezone_mismatch: vpn.data.methods.timezoneMismatch,
      public_vpn: vpn.data.methods.publicVPN,
      auxiliary_mobile: vpn.data.methods.auxiliaryMobile,
      os_mismatch: vpn.data.methods.osMismatch,
      relay: vpn.data.methods.relay,
    },
  });

/** There is no `tampering_ml_score`: no model was trained that could give one. */
const tamperingView = ({ signals: { tampering } }: Event): Partial<V4Event> => ({
  tampering: isDetected(tampering),
  tampering_confidence: tampering.data.confidence,
  tampering_details: {
    anomaly_score: tampering.data.anomalyScore,
    anti_detect_browser: tampering.data.antiDetectBrowser,
  },
});

const blocklistView = ({ signals: { ipBlocklist, tor } }: Event, hidden: ReadonlySet<Feature>): Partial<V4Event> =>
  hidden.has('ipBlocklist') && hidden.has('tor')
    ? {}
    : {
        ip_blocklist: {
          ...(hidden.has('ipBlocklist')
            ? {}
            : { email_spam: ipBlocklist.data.emailSpam, attack_source: ipBlocklist.data.attackSource }),
          ...(hidden.has('tor') ? {} : { tor_node: isDetected(tor) }),
        },
      };

/** Products that exist only where there is something to say: a place was shared, or a population is known. */
const proximityView = ({ signals: { proximity } }: Event): Partial<V4Event> => {
  const zone = nearZone(proximity.data);
  if (zone === undefined) return {};
  const { id, precisionRadius, confidence } = zone;
  return { proximity: { id, precision_radius: precisionRadius, confidence } };
};

const rareDeviceView = ({ signals: { rareDevice } }: Event): Partial<V4Event> =>
  rareDevice.state === 'unknown'
    ? {}
    : known<Partial<V4Event>>({
        rare_device: isDetected(rareDevice),
        rare_device_percentile_bucket: rareDevice.data.percentileBucket,
      });

/** What products with more than a verdict say, by their features. */
const productViews = {
  botd: botView,
  ipInfo: ({ signals }) => ({ ip_info: ipInfoView(signals.ipInfo.data) }),
  vpn: vpnView,
  proxy: ({ signals }) => proxyView(signals.proxy),
  tampering: tamperingView,
  velocity: ({ signals }) => ({ velocity: velocityView(signals.velocity.data) }),
  factoryReset: ({ signals }) => ({ factory_reset_timestamp: signals.factoryReset.data.timestamp }),
  proximity: proximityView,
  rareDevice: rareDeviceView,
  suspectScore: ({ suspectScore }) => ({ suspect_score: suspectScore.data.result }),
  rawDeviceAttributes: (event) => ({ raw_device_attributes: rawAttributesView(event) }),
} as const satisfies { [F in Feature]?: (event: Event) => Partial<V4Event> };

/** What the products say of an event, without those of `hidden` features and those that failed: v4 has no errors within events. */
export const productsView = (event: Event, hiddenFeatures: ReadonlySet<Feature>): Partial<V4Event> => {
  const hidden = new Set([...hiddenFeatures, ...failedProducts(event)]);
  const shown = Object.entries(productViews).filter(([feature]) => !hidden.has(feature as keyof typeof productViews));
  return Object.assign(
    verdictsView(event, hidden),
    blocklistView(event, hidden),
    ...shown.map(([, write]) => write(event)),
  );
};
