import type { BrowserDetails, Event, JsonObject, Sdk, SignalData, Signals, VelocityIntervals } from '@whorl/contract';
import type { ExportedEvent } from './exported-event.ts';
import { importedVerdict, present } from './imported-signal.ts';
import type { JsonReader } from './json-reader.ts';

const texts = (reader: JsonReader, names: (keyof BrowserDetails)[]): BrowserDetails =>
  Object.fromEntries(names.map((name) => [name, reader.at(name).text() ?? ''])) as BrowserDetails;

const browserOf = (identification: JsonReader): BrowserDetails =>
  texts(identification.at('browserDetails'), [
    'browserName',
    'browserMajorVersion',
    'browserFullVersion',
    'os',
    'osVersion',
    'device',
    'userAgent',
  ]);

const seenAt = (reader: JsonReader) => {
  const workspace = reader.at('subscription').time();
  return workspace === undefined ? undefined : { workspace, server: reader.at('global').time() ?? workspace };
};

/** Our form holds the canvas under FingerprintJS's own names; the API capitalises them. */
const canvasOf = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value).map(([name, part]) => [name.charAt(0).toLowerCase() + name.slice(1), part]),
      );

const attributeOf = (name: string, attribute: JsonReader): Event['attributes'][string] => {
  const error = attribute.at('error');
  if (error.exists) {
    return { error: { name: error.at('name').text() ?? '', message: error.at('message').text() ?? '' }, duration: 0 };
  }
  const { raw } = attribute.at('value');
  return raw === undefined
    ? { absent: true, duration: 0 }
    : { value: name === 'canvas' ? canvasOf(raw) : raw, duration: 0 };
};

const attributesOf = (reader: JsonReader): Event['attributes'] =>
  Object.fromEntries(Object.keys(reader.object() ?? {}).map((name) => [name, attributeOf(name, reader.at(name))]));

const velocityNames = [
  'distinctIp',
  'distinctLinkedId',
  'distinctCountry',
  'events',
  'ipEvents',
  'distinctIpByLinkedId',
  'distinctVisitorIdByLinkedId',
] as const;

const velocityOf = (velocity: JsonReader): SignalData['velocity'] =>
  Object.fromEntries(
    velocityNames.map((name) => [
      name,
      (velocity.at(name, 'intervals').object() as VelocityIntervals | undefined) ?? null,
    ]),
  ) as SignalData['velocity'];

const botOf = (bot: JsonReader): Signals['botd'] | undefined => {
  const result = bot.at('result').text() as SignalData['botd']['result'] | undefined;
  if (result === undefined) return undefined;
  return importedVerdict(result !== 'notDetected', { result, ...present({ type: bot.at('type').text() }) });
};

const tamperingOf = (tampering: JsonReader) =>
  importedVerdict(tampering.at('result').flag(), {
    anomalyScore: tampering.at('anomalyScore').number() ?? 0,
    mlScore: tampering.at('mlScore').number() ?? 0,
    antiDetectBrowser: tampering.at('antiDetectBrowser').flag() ?? false,
    confidence: (tampering.at('confidence').text() ?? 'low') as SignalData['tampering']['confidence'],
  });

const vpnOf = (vpn: JsonReader) => {
  const method = (name: string): boolean => vpn.at('methods', name).flag() ?? false;
  return importedVerdict(vpn.at('result').flag(), {
    confidence: (vpn.at('confidence').text() ?? 'low') as SignalData['vpn']['confidence'],
    originTimezone: vpn.at('originTimezone').text() ?? '',
    originCountry: vpn.at('originCountry').text() ?? 'unknown',
    methods: {
      timezoneMismatch: method('timezoneMismatch'),
      publicVPN: method('publicVPN'),
      auxiliaryMobile: method('auxiliaryMobile'),
      osMismatch: method('osMismatch'),
      relay: method('relay'),
    },
  });
};

const proxyOf = (proxy: JsonReader) =>
  importedVerdict(proxy.at('result').flag(), {
    confidence: (proxy.at('confidence').text() ?? 'low') as SignalData['proxy']['confidence'],
    ...present({ details: proxy.at('details').object() as SignalData['proxy']['details'] }),
  });

const proximityOf = (proximity: JsonReader) =>
  importedVerdict(proximity.at('id').exists ? true : undefined, {
    ...present({
      id: proximity.at('id').text(),
      precisionRadius: proximity.at('precisionRadius').number(),
      confidence: proximity.at('confidence').number(),
    }),
  });

/** Of an event without the product, the identification may know where its address lies. */
const ipInfoOf = (ipInfo: JsonReader, identification: JsonReader): SignalData['ipInfo'] | undefined => {
  if (ipInfo.exists) return ipInfo.object() as SignalData['ipInfo'];
  const geolocation = identification.at('ipLocation').object();
  const address = identification.at('ip').text();
  if (geolocation === undefined || address === undefined) return undefined;
  return { [address.includes(':') ? 'v6' : 'v4']: { address, geolocation } };
};

/** The products' verdicts. `data` finds the reader of a product's data by the product's name. */
const signalsOf = (data: (product: string) => JsonReader): Partial<Signals> => {
  const verdict = (product: string) => importedVerdict(data(product).at('result').flag(), {});
  const reset = data('factoryReset').at('timestamp').number();
  const ipInfo = ipInfoOf(data('ipInfo'), data('identification'));
  const blocklist = data('ipBlocklist');
  const rare = data('rareDevice');
  return present<Signals>({
    botd: botOf(data('botd').at('bot')),
    ipInfo: importedVerdict(ipInfo === undefined ? undefined : true, ipInfo ?? {}),
    // Plans without the product have it in the identification all the same.
    incognito: verdict('incognito') ?? importedVerdict(data('identification').at('incognito').flag(), {}),
    developerTools: verdict('developerTools'),
    privacySettings: verdict('privacySettings'),
    virtualMachine: verdict('virtualMachine'),
    tampering: tamperingOf(data('tampering')),
    vpn: vpnOf(data('vpn')),
    proxy: proxyOf(data('proxy')),
    tor: verdict('tor'),
    ipBlocklist: importedVerdict(blocklist.at('result').flag(), {
      emailSpam: blocklist.at('details', 'emailSpam').flag() ?? false,
      attackSource: blocklist.at('details', 'attackSource').flag() ?? false,
    }),
    velocity: importedVerdict(data('velocity').exists ? true : undefined, velocityOf(data('velocity'))),
    highActivity: importedVerdict(
      data('highActivity').at('result').flag(),
      present({ dailyRequests: data('highActivity').at('dailyRequests').number() }),
    ),
    replayed: importedVerdict(data('identification').at('replayed').flag(), {}),
    rareDevice: importedVerdict(
      rare.at('result').flag(),
      present({ percentileBucket: rare.at('percentileBucket').text() as SignalData['rareDevice']['percentileBucket'] }),
    ),
    rootApps: verdict('rootApps'),
    emulator: verdict('emulator'),
    clonedApp: verdict('clonedApp'),
    factoryReset: importedVerdict(reset === undefined ? undefined : reset > 0, { timestamp: reset ?? 0 }),
    jailbroken: verdict('jailbroken'),
    frida: verdict('frida'),
    locationSpoofing: verdict('locationSpoofing'),
    mitmAttack: verdict('mitmAttack'),
    proximity: proximityOf(data('proximity')),
  });
};

/**
 * What a v3 event says. `data` finds the reader of a product's data: events of the API keep it under
 * `products.<name>.data`, webhooks hoist it to the top.
 */
export const fromV3 = (data: (product: string) => JsonReader): ExportedEvent => {
  const identification = data('identification');
  const userAgent = data('botd').at('userAgent').text() ?? identification.at('userAgent').text();
  const browser = browserOf(identification);
  const firstSeen = seenAt(identification.at('firstSeenAt'));
  const id = identification.at('requestId').required((reader) => reader.text());
  const now = { workspace: Number(id.slice(0, 13)), server: Number(id.slice(0, 13)) };
  const suspect = identification.at('suspect').flag();
  const suspectScore = data('suspectScore').at('result').number();
  return {
    id,
    url: identification.at('url').text() ?? '',
    ip: identification.at('ip').text() ?? '',
    userAgent: userAgent ?? browser.userAgent,
    ...present({
      referrer: identification.at('clientReferrer').text(),
      linkedId: identification.at('linkedId').text(),
      suspect,
      suspectScore,
    }),
    tag: (identification.at('tag').object() ?? {}) as JsonObject,
    sdk: (identification.at('sdk').object() ?? { platform: 'js', version: '' }) as Sdk,
    browser,
    identity: {
      visitorId: identification.at('visitorId').required((id) => id.text()),
      found: identification.at('visitorFound').flag() ?? false,
      confidence: identification.at('confidence', 'score').number() ?? 0,
      firstSeen: firstSeen ?? now,
      lastSeen: seenAt(identification.at('lastSeenAt')) ?? null,
    },
    signals: signalsOf(data),
    attributes: attributesOf(data('rawDeviceAttributes')),
  };
};
