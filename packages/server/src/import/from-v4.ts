import type { AddressInfo, JsonObject, Sdk, SignalData, Signals, VelocityIntervals } from '@whorl/contract';
import type { ExportedEvent } from './exported-event.ts';
import { importedVerdict, present } from './imported-signal.ts';
import type { JsonReader } from './json-reader.ts';
import { v4Attributes } from './v4-attributes.ts';

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

const addressOf = (info: JsonReader): AddressInfo | undefined => {
  const address = info.at('address').text();
  if (address === undefined) return undefined;
  const asn = info.at('asn').text();
  const datacenter = info.at('datacenter_result').flag();
  return {
    address,
    geolocation: placeOf(info.at('geolocation')),
    ...present<Pick<AddressInfo, 'asn' | 'datacenter'>>({
      asn:
        asn === undefined
          ? undefined
          : {
              asn,
              name: info.at('asn_name').text() ?? '',
              network: info.at('asn_network').text() ?? '',
              ...present({ type: info.at('asn_type').text() }),
            },
      datacenter:
        datacenter === undefined ? undefined : { result: datacenter, name: info.at('datacenter_name').text() ?? '' },
    }),
  };
};

const botOf = (event: JsonReader): Signals['botd'] | undefined => {
  const said = event.at('bot').text();
  if (said === undefined) return undefined;
  const result = (said === 'not_detected' ? 'notDetected' : said) as SignalData['botd']['result'];
  const info = event.at('bot_info');
  return importedVerdict(result !== 'notDetected', {
    result,
    ...present<SignalData['botd']>({
      type: event.at('bot_type').text(),
      info: info.exists
        ? ({
            category: info.at('category').text(),
            provider: info.at('provider').text(),
            ...present({ providerUrl: info.at('provider_url').text() }),
            name: info.at('name').text(),
            identity: info.at('identity').text(),
            confidence: info.at('confidence').text(),
          } as SignalData['botd']['info'])
        : undefined,
    }),
  });
};

const countsOf = (counts: JsonReader): VelocityIntervals | null =>
  counts.exists
    ? {
        '5m': counts.at('5_minutes').required((count) => count.number()),
        '1h': counts.at('1_hour').required((count) => count.number()),
        ...present({ '24h': counts.at('24_hours').number() }),
      }
    : null;

const velocityOf = (velocity: JsonReader): SignalData['velocity'] => ({
  distinctIp: countsOf(velocity.at('distinct_ip')),
  distinctLinkedId: countsOf(velocity.at('distinct_linked_id')),
  distinctCountry: countsOf(velocity.at('distinct_country')),
  events: countsOf(velocity.at('events')),
  ipEvents: countsOf(velocity.at('ip_events')),
  distinctIpByLinkedId: countsOf(velocity.at('distinct_ip_by_linked_id')),
  distinctVisitorIdByLinkedId: countsOf(velocity.at('distinct_visitor_id_by_linked_id')),
});

const vpnOf = (event: JsonReader) => {
  const method = (name: string): boolean => event.at('vpn_methods', name).flag() ?? false;
  return importedVerdict(event.at('vpn').flag(), {
    confidence: (event.at('vpn_confidence').text() ?? 'low') as SignalData['vpn']['confidence'],
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

const proxyOf = (event: JsonReader) => {
  const details = event.at('proxy_details');
  const seen = details.at('last_seen_at').time();
  return importedVerdict(event.at('proxy').flag(), {
    confidence: (event.at('proxy_confidence').text() ?? 'low') as SignalData['proxy']['confidence'],
    ...present<Pick<SignalData['proxy'], 'details'>>({
      details: details.exists
        ? {
            proxyType: (details.at('proxy_type').text() ?? 'unknown') as 'unknown',
            ...present({ lastSeenAt: seen === undefined ? undefined : new Date(seen).toISOString() }),
          }
        : undefined,
    }),
  });
};

const tamperingOf = (event: JsonReader) =>
  importedVerdict(event.at('tampering').flag(), {
    anomalyScore: event.at('tampering_details', 'anomaly_score').number() ?? 0,
    mlScore: event.at('tampering_ml_score').number() ?? 0,
    antiDetectBrowser: event.at('tampering_details', 'anti_detect_browser').flag() ?? false,
    confidence: (event.at('tampering_confidence').text() ?? 'low') as SignalData['tampering']['confidence'],
  });

const proximityOf = (proximity: JsonReader) =>
  importedVerdict(proximity.exists ? true : undefined, {
    ...present({
      id: proximity.at('id').text(),
      precisionRadius: proximity.at('precision_radius').number(),
      confidence: proximity.at('confidence').number(),
    }),
  });

const signalsOf = (event: JsonReader): Partial<Signals> => {
  const verdict = (name: string) => importedVerdict(event.at(name).flag(), {});
  const blocklist = event.at('ip_blocklist');
  const listed = {
    emailSpam: blocklist.at('email_spam').flag() ?? false,
    attackSource: blocklist.at('attack_source').flag() ?? false,
  };
  const ipInfo = event.at('ip_info');
  const reset = event.at('factory_reset_timestamp').time();
  return present<Signals>({
    botd: botOf(event),
    ipInfo: importedVerdict(ipInfo.exists ? true : undefined, {
      ...present({ v4: addressOf(ipInfo.at('v4')), v6: addressOf(ipInfo.at('v6')) }),
    }),
    incognito: verdict('incognito'),
    developerTools: verdict('developer_tools'),
    privacySettings: verdict('privacy_settings'),
    virtualMachine: verdict('virtual_machine'),
    tampering: tamperingOf(event),
    vpn: vpnOf(event),
    proxy: proxyOf(event),
    tor: importedVerdict(blocklist.at('tor_node').flag(), {}),
    ipBlocklist: importedVerdict(blocklist.exists ? listed.emailSpam || listed.attackSource : undefined, listed),
    velocity: importedVerdict(event.at('velocity').exists ? true : undefined, velocityOf(event.at('velocity'))),
    highActivity: verdict('high_activity_device'),
    replayed: verdict('replayed'),
    rareDevice: importedVerdict(
      event.at('rare_device').flag(),
      present({
        percentileBucket: event
          .at('rare_device_percentile_bucket')
          .text() as SignalData['rareDevice']['percentileBucket'],
      }),
    ),
    rootApps: verdict('root_apps'),
    emulator: verdict('emulator'),
    clonedApp: verdict('cloned_app'),
    factoryReset: importedVerdict(reset === undefined ? undefined : reset > 0, { timestamp: reset ?? 0 }),
    jailbroken: verdict('jailbroken'),
    frida: verdict('frida'),
    locationSpoofing: verdict('location_spoofing'),
    mitmAttack: verdict('mitm_attack'),
    proximity: proximityOf(event.at('proximity')),
  });
};

/** v4 may say `unknown`; that it has a browser says which platform it was. */
const sdkOf = (sdk: JsonReader, isBrowser: boolean): Sdk => {
  const said = (sdk.object() ?? {}) as Partial<Sdk>;
  const known = ['js', 'android', 'ios'].includes(said.platform ?? '');
  return { version: '', ...said, ...(known || !isBrowser ? {} : { platform: 'js' }) } as Sdk;
};

/** What a v4 event says; the body of a v4 webhook has the same form. */
export const fromV4 = (event: JsonReader): ExportedEvent => {
  const id = event.at('event_id').required((reader) => reader.text());
  const time = Number(id.slice(0, 13));
  const identification = event.at('identification');
  const browser = event.at('browser_details');
  const text = (name: string): string => browser.at(name).text() ?? '';
  const userAgent = event.at('user_agent').text() ?? '';
  const first = identification.at('first_seen_at').time() ?? time;
  const last = identification.at('last_seen_at').time();
  return {
    id,
    url: event.at('url').text() ?? '',
    ip: event.at('ip_address').text() ?? '',
    userAgent,
    ...present({
      referrer: event.at('client_referrer').text(),
      linkedId: event.at('linked_id').text(),
      suspect: event.at('suspect').flag(),
      suspectScore: event.at('suspect_score').number(),
    }),
    tag: (event.at('tags').object() ?? {}) as JsonObject,
    sdk: sdkOf(event.at('sdk'), browser.exists || !event.at('sdk').exists),
    browser: {
      browserName: text('browser_name'),
      browserMajorVersion: text('browser_major_version'),
      browserFullVersion: text('browser_full_version'),
      os: text('os') || (event.at('os').text() ?? ''),
      osVersion: text('os_version') || (event.at('os_version').text() ?? ''),
      device: text('device') || (event.at('device').text() ?? ''),
      userAgent,
    },
    identity: {
      visitorId: identification.at('visitor_id').required((reader) => reader.text()),
      found: identification.at('visitor_found').flag() ?? false,
      confidence: identification.at('confidence', 'score').number() ?? 0,
      firstSeen: { workspace: first, server: first },
      lastSeen: last === undefined ? null : { workspace: last, server: last },
    },
    signals: signalsOf(event),
    attributes: v4Attributes(event.at('raw_device_attributes')),
  };
};
