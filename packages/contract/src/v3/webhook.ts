import Type, { type Static } from 'typebox';
import { closed } from '../json.ts';
import { V3Identification, V3Products } from './event.ts';

const { properties: identified } = V3Identification;
const { properties: product } = V3Products;

/** The body of a webhook in the form of v3: the event laid flat, each product's data under the product's name. */
export const V3WebhookEvent = closed({
  requestId: identified.requestId,
  url: identified.url,
  ip: identified.ip,
  environmentId: identified.environmentId,
  tag: identified.tag,
  time: identified.time,
  timestamp: identified.timestamp,
  ipLocation: identified.ipLocation,
  linkedId: identified.linkedId,
  visitorId: identified.visitorId,
  visitorFound: identified.visitorFound,
  confidence: identified.confidence,
  firstSeenAt: identified.firstSeenAt,
  lastSeenAt: identified.lastSeenAt,
  browserDetails: identified.browserDetails,
  incognito: identified.incognito,
  clientReferrer: Type.Optional(Type.String()),
  bot: Type.Optional(product.botd.properties.data.properties.bot),
  userAgent: Type.String(),
  rootApps: product.rootApps.properties.data,
  emulator: product.emulator.properties.data,
  ipInfo: product.ipInfo.properties.data,
  ipBlocklist: product.ipBlocklist.properties.data,
  tor: product.tor.properties.data,
  vpn: product.vpn.properties.data,
  proxy: product.proxy.properties.data,
  tampering: product.tampering.properties.data,
  clonedApp: product.clonedApp.properties.data,
  factoryReset: product.factoryReset.properties.data,
  jailbroken: product.jailbroken.properties.data,
  frida: product.frida.properties.data,
  privacySettings: product.privacySettings.properties.data,
  virtualMachine: product.virtualMachine.properties.data,
  rawDeviceAttributes: product.rawDeviceAttributes.properties.data,
  highActivity: product.highActivity.properties.data,
  locationSpoofing: product.locationSpoofing.properties.data,
  suspectScore: product.suspectScore.properties.data,
  velocity: product.velocity.properties.data,
  developerTools: product.developerTools.properties.data,
  mitmAttack: product.mitmAttack.properties.data,
  rareDevice: product.rareDevice.properties.data,
  replayed: identified.replayed,
  sdk: Type.Object(identified.sdk.properties, { additionalProperties: false }),
  proximity: product.proximity.properties.data,
});
export type V3WebhookEvent = Static<typeof V3WebhookEvent>;
