import { ConfidenceLevel, Geolocation, type SignalData, type Signals, signalDataSchemas } from '@whorl/contract';
import { unlessFaulty } from './exported-event.ts';
import { checkedIpInfo, countsOf, proximityOf, proxyTypeOf } from './imported-parts.ts';
import { importedVerdict, present } from './imported-signal.ts';
import type { JsonReader } from './json-reader.ts';

const botOf = (bot: JsonReader): Signals['botd'] | undefined => {
  const result = bot.at('result').as(signalDataSchemas.botd.properties.result);
  if (result === undefined) return undefined;
  return importedVerdict(result !== 'notDetected', { result, ...present({ type: bot.at('type').text() }) });
};

const tamperingOf = (tampering: JsonReader) =>
  importedVerdict(tampering.at('result').flag(), {
    anomalyScore: tampering.at('anomalyScore').number() ?? 0,
    mlScore: tampering.at('mlScore').number() ?? 0,
    antiDetectBrowser: tampering.at('antiDetectBrowser').flag() ?? false,
    confidence: tampering.at('confidence').as(ConfidenceLevel) ?? 'low',
  });

const vpnOf = (vpn: JsonReader) => {
  const method = (name: string): boolean => vpn.at('methods', name).flag() ?? false;
  return importedVerdict(vpn.at('result').flag(), {
    confidence: vpn.at('confidence').as(ConfidenceLevel) ?? 'low',
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

const proxyOf = (proxy: JsonReader, notes: string[]) => {
  const details = proxy.at('details');
  const told = {
    proxyType: proxyTypeOf(details.at('proxyType'), notes),
    ...present({ lastSeenAt: details.at('lastSeenAt').text() }),
  };
  return importedVerdict(proxy.at('result').flag(), {
    confidence: proxy.at('confidence').as(ConfidenceLevel) ?? 'low',
    ...(details.exists ? { details: told } : {}),
  });
};

/** Of an event without the product, the identification may know where its address lies. */
const ipInfoOf = (ipInfo: JsonReader, identification: JsonReader): Signals['ipInfo'] | undefined => {
  const told = ipInfo.as(signalDataSchemas.ipInfo);
  if (told !== undefined) return importedVerdict(true, checkedIpInfo(told));
  const geolocation = identification.at('ipLocation').as(Geolocation);
  const address = identification.at('ip').text();
  if (geolocation === undefined || address === undefined) return undefined;
  return importedVerdict(true, checkedIpInfo({ [address.includes(':') ? 'v6' : 'v4']: { address, geolocation } }));
};

/** Plans without the product have it in the identification all the same. */
const incognitoOf = (incognito: JsonReader, identification: JsonReader) =>
  importedVerdict(incognito.at('result').flag() ?? identification.at('incognito').flag(), {});

const blocklistOf = (list: JsonReader) =>
  importedVerdict(list.at('result').flag(), {
    emailSpam: list.at('details', 'emailSpam').flag() ?? false,
    attackSource: list.at('details', 'attackSource').flag() ?? false,
  });

const velocityOf = (velocity: JsonReader) => {
  const counts = (name: keyof SignalData['velocity']) => countsOf(velocity.at(name, 'intervals'), ['5m', '1h', '24h']);
  return importedVerdict(velocity.exists ? true : undefined, {
    distinctIp: counts('distinctIp'),
    distinctLinkedId: counts('distinctLinkedId'),
    distinctCountry: counts('distinctCountry'),
    events: counts('events'),
    ipEvents: counts('ipEvents'),
    distinctIpByLinkedId: counts('distinctIpByLinkedId'),
    distinctVisitorIdByLinkedId: counts('distinctVisitorIdByLinkedId'),
  });
};

const highActivityOf = (activity: JsonReader) =>
  importedVerdict(activity.at('result').flag(), present({ dailyRequests: activity.at('dailyRequests').number() }));

const rareDeviceOf = (rare: JsonReader, notes: string[]) => {
  const { percentileBucket } = signalDataSchemas.rareDevice.properties;
  const bucket = unlessFaulty(notes, () => rare.at('percentileBucket').as(percentileBucket));
  return importedVerdict(rare.at('result').flag(), present({ percentileBucket: bucket }));
};

const factoryResetOf = (timestamp: JsonReader) => {
  const reset = timestamp.time();
  return importedVerdict(reset === undefined ? undefined : reset > 0, { timestamp: reset ?? 0 });
};

/**
 * The products' verdicts of a v3 event. `data` finds the reader of a product's data by the product's name. What is not
 * understood of one is a note, and missing.
 */
export const v3Signals = (data: (product: string) => JsonReader, notes: string[]): Partial<Signals> => {
  const read = <T>(product: string, reads: (data: JsonReader) => T): T | undefined =>
    unlessFaulty(notes, () => reads(data(product)));
  const verdict = (product: string) => read(product, (reader) => importedVerdict(reader.at('result').flag(), {}));
  const identification = data('identification');
  return present<Signals>({
    botd: read('botd', (reader) => botOf(reader.at('bot'))),
    ipInfo: read('ipInfo', (reader) => ipInfoOf(reader, identification)),
    incognito: read('incognito', (reader) => incognitoOf(reader, identification)),
    developerTools: verdict('developerTools'),
    privacySettings: verdict('privacySettings'),
    virtualMachine: verdict('virtualMachine'),
    tampering: read('tampering', tamperingOf),
    vpn: read('vpn', vpnOf),
    proxy: read('proxy', (reader) => proxyOf(reader, notes)),
    tor: verdict('tor'),
    ipBlocklist: read('ipBlocklist', blocklistOf),
    velocity: read('velocity', velocityOf),
    highActivity: read('highActivity', highActivityOf),
    replayed: unlessFaulty(notes, () => importedVerdict(identification.at('replayed').flag(), {})),
    rareDevice: read('rareDevice', (reader) => rareDeviceOf(reader, notes)),
    rootApps: verdict('rootApps'),
    emulator: verdict('emulator'),
    clonedApp: verdict('clonedApp'),
    factoryReset: read('factoryReset', (reader) => factoryResetOf(reader.at('timestamp'))),
    jailbroken: verdict('jailbroken'),
    frida: verdict('frida'),
    locationSpoofing: verdict('locationSpoofing'),
    mitmAttack: verdict('mitmAttack'),
    proximity: read('proximity', (reader) =>
      importedVerdict(reader.at('id').exists ? true : undefined, proximityOf(reader, 'precisionRadius')),
    ),
  });
};
