import {
  type AddressInfo,
  BotInfo,
  ConfidenceLevel,
  type SignalData,
  type Signals,
  signalDataSchemas,
  V4Event,
} from '@whorl/contract';
import { unlessFaulty } from './exported-event.ts';
import { checkedIpInfo, countsOf, proximityOf, proxyTypeOf } from './imported-parts.ts';
import { importedVerdict, present } from './imported-signal.ts';
import type { JsonReader } from './json-reader.ts';

type Geolocation = AddressInfo['geolocation'];

const coded = (code: string | undefined, name: string | undefined) =>
  code === undefined ? undefined : { code, name: name ?? '' };

const placeOf = (place: JsonReader): Geolocation => {
  const city = place.at('city_name').text();
  const text = (name: string) => place.at(name).text();
  return present<Geolocation>({
    accuracyRadius: place.at('accuracy_radius').number(),
    latitude: place.at('latitude').number(),
    longitude: place.at('longitude').number(),
    postalCode: text('postal_code'),
    timezone: text('timezone'),
    city: city === undefined ? undefined : { name: city },
    country: coded(text('country_code'), text('country_name')),
    continent: coded(text('continent_code'), text('continent_name')),
    subdivisions: place
      .at('subdivisions')
      .list()
      ?.map((part) => ({ isoCode: part.at('iso_code').text() ?? '', name: part.at('name').text() ?? '' })),
  });
};

const asnOf = (info: JsonReader): AddressInfo['asn'] => {
  const asn = info.at('asn').text();
  if (asn === undefined) return undefined;
  const text = (name: string) => info.at(name).text() ?? '';
  return {
    asn,
    name: text('asn_name'),
    network: text('asn_network'),
    ...present({ type: info.at('asn_type').text() }),
  };
};

const addressOf = (info: JsonReader): AddressInfo | undefined => {
  const address = info.at('address').text();
  if (address === undefined) return undefined;
  const result = info.at('datacenter_result').flag();
  return {
    address,
    geolocation: placeOf(info.at('geolocation')),
    ...present<Pick<AddressInfo, 'asn' | 'datacenter'>>({
      asn: asnOf(info),
      datacenter: result === undefined ? undefined : { result, name: info.at('datacenter_name').text() ?? '' },
    }),
  };
};

const ipInfoOf = (ipInfo: JsonReader) =>
  importedVerdict(
    ipInfo.exists ? true : undefined,
    checkedIpInfo(present({ v4: addressOf(ipInfo.at('v4')), v6: addressOf(ipInfo.at('v6')) })),
  );

const botInfoOf = (info: JsonReader, notes: string[]): BotInfo | undefined =>
  info.exists
    ? {
        category: unlessFaulty(notes, () => info.at('category').as(BotInfo.properties.category)) ?? 'unknown',
        provider: info.at('provider').required((provider) => provider.text()),
        ...present({ providerUrl: info.at('provider_url').text() }),
        name: info.at('name').required((name) => name.text()),
        identity: unlessFaulty(notes, () => info.at('identity').as(BotInfo.properties.identity)) ?? 'unknown',
        confidence: info.at('confidence').required((confidence) => confidence.as(ConfidenceLevel)),
      }
    : undefined;

const botOf = (event: JsonReader, notes: string[]): Signals['botd'] | undefined => {
  const said = event.at('bot').as(V4Event.properties.bot);
  if (said === undefined) return undefined;
  return importedVerdict(said !== 'not_detected', {
    result: said === 'not_detected' ? 'notDetected' : said,
    ...present<Pick<SignalData['botd'], 'type' | 'info'>>({
      type: event.at('bot_type').text(),
      info: unlessFaulty(notes, () => botInfoOf(event.at('bot_info'), notes)),
    }),
  });
};

const velocityOf = (velocity: JsonReader) => {
  const counts = (name: string) => countsOf(velocity.at(name), ['5_minutes', '1_hour', '24_hours']);
  return importedVerdict(velocity.exists ? true : undefined, {
    distinctIp: counts('distinct_ip'),
    distinctLinkedId: counts('distinct_linked_id'),
    distinctCountry: counts('distinct_country'),
    events: counts('events'),
    ipEvents: counts('ip_events'),
    distinctIpByLinkedId: counts('distinct_ip_by_linked_id'),
    distinctVisitorIdByLinkedId: counts('distinct_visitor_id_by_linked_id'),
  });
};

const vpnOf = (event: JsonReader) => {
  const method = (name: string): boolean => event.at('vpn_methods', name).flag() ?? false;
  return importedVerdict(event.at('vpn').flag(), {
    confidence: event.at('vpn_confidence').as(ConfidenceLevel) ?? 'low',
    originTimezone: event.at('vpn_origin_timezone').text() ?? '',
    originCountry: event.at('vpn_origin_country').text() ?? 'unknown',
    methods: {
      timezoneMismatch: method('timezone_mismatch'),
      publicVPN: method('public_vpn'),
      auxiliaryMobile: method('auxiliary_mobile'),
      osMismatch: method('os_mismatch'),
      relay: method('relay'),
    },
  });
};

const proxyOf = (event: JsonReader, notes: string[]) => {
  const details = event.at('proxy_details');
  const seen = details.at('last_seen_at').time();
  const told = {
    proxyType: proxyTypeOf(details.at('proxy_type'), notes),
    ...present({ lastSeenAt: seen === undefined ? undefined : new Date(seen).toISOString() }),
  };
  return importedVerdict(event.at('proxy').flag(), {
    confidence: event.at('proxy_confidence').as(ConfidenceLevel) ?? 'low',
    ...(details.exists ? { details: told } : {}),
  });
};

const tamperingOf = (event: JsonReader) =>
  importedVerdict(event.at('tampering').flag(), {
    anomalyScore: event.at('tampering_details', 'anomaly_score').number() ?? 0,
    mlScore: event.at('tampering_ml_score').number() ?? 0,
    antiDetectBrowser: event.at('tampering_details', 'anti_detect_browser').flag() ?? false,
    confidence: event.at('tampering_confidence').as(ConfidenceLevel) ?? 'low',
  });

const blocklistOf = (list: JsonReader) => {
  const data = {
    emailSpam: list.at('email_spam').flag() ?? false,
    attackSource: list.at('attack_source').flag() ?? false,
  };
  return importedVerdict(list.exists ? data.emailSpam || data.attackSource : undefined, data);
};

const rareDeviceOf = (event: JsonReader, notes: string[]) => {
  const { percentileBucket } = signalDataSchemas.rareDevice.properties;
  const bucket = unlessFaulty(notes, () => event.at('rare_device_percentile_bucket').as(percentileBucket));
  return importedVerdict(event.at('rare_device').flag(), present({ percentileBucket: bucket }));
};

const factoryResetOf = (timestamp: JsonReader) => {
  const reset = timestamp.time();
  return importedVerdict(reset === undefined ? undefined : reset > 0, { timestamp: reset ?? 0 });
};

/** One product here: an emulator of Android, or the simulator of iOS. */
const emulationOf = (event: JsonReader) => {
  const said = ['emulator', 'simulator'].flatMap((name) => event.at(name).flag() ?? []);
  return importedVerdict(said.length === 0 ? undefined : said.includes(true), {});
};

/** The products' verdicts of a v4 event. What is not understood of one is a note, and missing. */
export const v4Signals = (event: JsonReader, notes: string[]): Partial<Signals> => {
  const read = <T>(reads: () => T): T | undefined => unlessFaulty(notes, reads);
  const verdict = (name: string) => read(() => importedVerdict(event.at(name).flag(), {}));
  return present<Signals>({
    botd: read(() => botOf(event, notes)),
    ipInfo: read(() => ipInfoOf(event.at('ip_info'))),
    incognito: verdict('incognito'),
    developerTools: verdict('developer_tools'),
    privacySettings: verdict('privacy_settings'),
    virtualMachine: verdict('virtual_machine'),
    tampering: read(() => tamperingOf(event)),
    vpn: read(() => vpnOf(event)),
    proxy: read(() => proxyOf(event, notes)),
    tor: read(() => importedVerdict(event.at('ip_blocklist', 'tor_node').flag(), {})),
    ipBlocklist: read(() => blocklistOf(event.at('ip_blocklist'))),
    velocity: read(() => velocityOf(event.at('velocity'))),
    highActivity: verdict('high_activity_device'),
    replayed: verdict('replayed'),
    rareDevice: read(() => rareDeviceOf(event, notes)),
    rootApps: verdict('root_apps'),
    emulator: read(() => emulationOf(event)),
    clonedApp: verdict('cloned_app'),
    factoryReset: read(() => factoryResetOf(event.at('factory_reset_timestamp'))),
    jailbroken: verdict('jailbroken'),
    frida: verdict('frida'),
    locationSpoofing: verdict('location_spoofing'),
    mitmAttack: verdict('mitm_attack'),
    proximity: read(() => {
      const proximity = event.at('proximity');
      return importedVerdict(proximity.exists ? true : undefined, proximityOf(proximity, 'precision_radius'));
    }),
  });
};
