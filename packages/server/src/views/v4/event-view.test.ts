import {
  type Event,
  type Feature,
  featureNames,
  type Sdk,
  type SignalName,
  V4Event,
  v4FieldPlatforms,
} from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { NOON, sampleEvent } from '../../storage/testing/sample-event.ts';
import { v4EventView } from './event-view.ts';

const schema = Compile(V4Event);
const nothing: ReadonlySet<Feature> = new Set();

const found = <T>(data: T) => ({ state: 'detected' as const, confidence: 0.9, data, evidence: [] });

/** An event with everything that an event can have. */
const whole = (platform: Sdk['platform']): Event => {
  const event = sampleEvent({
    sdk: { platform, version: '2.1.0', integrations: [{ name: 'react-sdk', subintegration: { version: '18' } }] },
    linkedId: 'order 7',
    tag: { cart: [1, { a: null }] },
    suspect: false,
    visitorId: 'knownVisitor12345678',
    attributes: { timezone: { value: 'Europe/Prague', duration: 1 } },
    signals: {
      botd: found({
        result: 'good',
        type: 'gptbot',
        info: {
          category: 'ai_crawler',
          provider: 'OpenAI',
          providerUrl: 'https://openai.com',
          name: 'GPTBot',
          identity: 'verified',
          confidence: 'high',
        },
      }),
      proxy: found({
        confidence: 'high',
        details: { proxyType: 'residential', lastSeenAt: new Date(NOON + 5).toISOString() },
      }),
      rareDevice: found({ percentileBucket: 'not_seen' }),
      proximity: found({ id: 'zone7', precisionRadius: 65, confidence: 0.5 }),
      factoryReset: found({ timestamp: NOON - 1000 }),
      ipBlocklist: found({ emailSpam: true, attackSource: false }),
    },
  });
  const seen = { workspace: NOON - 2000, server: NOON - 3000 };
  const identity = { ...event.identity, found: true, firstSeen: seen, lastSeen: { ...seen, workspace: NOON - 1000 } };
  return { ...event, identity, referrer: 'https://search.example/' };
};

const view = (event: Event, hidden = nothing): V4Event => {
  const shown = v4EventView(event, { hidden });
  expect(schema.Errors(shown)).toEqual([]);
  // What a reader gets is what JSON keeps: nothing may be undefined.
  expect(JSON.parse(JSON.stringify(shown))).toStrictEqual(shown);
  return shown;
};

describe('the v4 event', () => {
  it.each<[SignalName | 'suspectScore', string[]]>([
    ['vpn', ['vpn', 'vpn_confidence', 'vpn_origin_country', 'vpn_origin_timezone', 'vpn_methods']],
    ['incognito', ['incognito']],
    ['replayed', ['replayed']],
    ['suspectScore', ['suspect_score']],
  ])('leaves out %s where it failed', (name, fields) => {
    const event = whole('js');
    const failing: Event =
      name === 'suspectScore'
        ? { ...event, suspectScore: { ...event.suspectScore, state: 'unknown', failed: true } }
        : {
            ...event,
            signals: { ...event.signals, [name]: { ...event.signals[name], state: 'unknown', failed: true } },
          };
    const view = v4EventView(event, { hidden: nothing });
    const left = Object.entries(view).filter(([field]) => !fields.includes(field));
    expect(v4EventView(failing, { hidden: nothing })).toEqual(Object.fromEntries(left));
    expect(left.length).toBeLessThan(Object.keys(view).length);
  });

  it('has flat fields in v4’s names', () => {
    const event = whole('js');
    expect(view(event)).toEqual({
      event_id: event.id,
      timestamp: NOON,
      source: 'device',
      linked_id: 'order 7',
      environment_id: event.environmentId,
      suspect: false,
      sdk: event.sdk,
      replayed: false,
      identification: {
        visitor_id: 'knownVisitor12345678',
        confidence: { score: 0.98 },
        visitor_found: true,
        first_seen_at: NOON - 2000,
        last_seen_at: NOON - 1000,
      },
      tags: { cart: [1, { a: null }] },
      url: 'https://shop.example/cart?step=2',
      ip_address: '203.0.113.7',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Sample/1.0',
      device: 'Other',
      os: 'Linux',
      client_referrer: 'https://search.example/',
      browser_details: {
        browser_name: 'Sample',
        browser_major_version: '1',
        browser_full_version: '1.0',
        os: 'Linux',
        os_version: '',
        device: 'Other',
      },
      proximity: { id: 'zone7', precision_radius: 65, confidence: 0.5 },
      bot: 'good',
      bot_type: 'gptbot',
      bot_info: {
        category: 'ai_crawler',
        provider: 'OpenAI',
        provider_url: 'https://openai.com',
        name: 'GPTBot',
        identity: 'verified',
        confidence: 'high',
      },
      developer_tools: false,
      ip_blocklist: { email_spam: true, attack_source: false, tor_node: false },
      ip_info: {
        v4: {
          address: '203.0.113.7',
          geolocation: { latitude: 50.0755, longitude: 14.4378, timezone: 'Europe/Prague', city_name: 'Praha' },
          asn: '7922',
          asn_name: 'Sample Networks',
          asn_network: '203.0.113.0/24',
          datacenter_result: false,
        },
      },
      proxy: true,
      proxy_confidence: 'high',
      proxy_details: { proxy_type: 'residential', last_seen_at: NOON },
      incognito: false,
      privacy_settings: false,
      suspect_score: 6,
      tampering: false,
      tampering_confidence: 'low',
      tampering_details: { anomaly_score: 0.1, anti_detect_browser: false },
      velocity: {
        distinct_ip: { '5_minutes': 1, '1_hour': 1, '24_hours': 1 },
        distinct_country: { '5_minutes': 1, '1_hour': 1, '24_hours': 1 },
        events: { '5_minutes': 1, '1_hour': 1, '24_hours': 1 },
        ip_events: { '5_minutes': 1, '1_hour': 1, '24_hours': 1 },
      },
      virtual_machine: false,
      vpn: false,
      vpn_confidence: 'medium',
      vpn_origin_timezone: 'Europe/Prague',
      vpn_origin_country: 'CZ',
      vpn_methods: {
        timezone_mismatch: false,
        public_vpn: false,
        auxiliary_mobile: false,
        os_mismatch: false,
        relay: false,
      },
      high_activity_device: false,
      rare_device: true,
      rare_device_percentile_bucket: 'not_seen',
      raw_device_attributes: { timezone: 'Europe/Prague' },
    });
  });

  it('leaves out what is not there', () => {
    const shown = view(sampleEvent());
    for (const field of [
      'linked_id',
      'suspect',
      'client_referrer',
      'os_version',
      'proximity',
      'bot_type',
      'bot_info',
      'proxy_details',
      'rare_device',
      'rare_device_percentile_bucket',
    ]) {
      expect(shown).not.toHaveProperty(field);
    }
    expect(shown.identification).not.toHaveProperty('last_seen_at');
    expect(shown.tags).toEqual({});
    expect(shown.bot).toBe('not_detected');
  });

  it.each(['js', 'android', 'ios'] as const)('has of %s what that platform can have', (platform) => {
    const shown = view(whole(platform));
    for (const [field, platforms] of Object.entries(v4FieldPlatforms)) {
      expect(field in shown, field).toBe((platforms as readonly string[]).includes(platform));
    }
  });

  it('reads false where nothing could be judged', () => {
    expect(view(sampleEvent())).toMatchObject({
      developer_tools: false,
      proxy: false,
      ip_blocklist: { tor_node: false },
    });
    const android = view(sampleEvent({ sdk: { platform: 'android', version: '1' } }));
    expect(android).toMatchObject({ emulator: false, root_apps: false, frida: false, factory_reset_timestamp: 0 });
  });

  it('calls the emulator of iOS a simulator', () => {
    const { signals } = sampleEvent();
    const emulated = { ...signals, emulator: { ...signals.emulator, state: 'detected' as const } };
    const seen = (platform: 'android' | 'ios') => {
      const { emulator, simulator } = view(sampleEvent({ sdk: { platform, version: '1' }, signals: emulated }));
      return { emulator, simulator };
    };
    expect(seen('ios')).toEqual({ simulator: true });
    expect(seen('android')).toEqual({ emulator: true });
  });

  it('leaves out the 24 hours of a visitor with too many events', () => {
    const event = sampleEvent();
    event.signals.velocity.data.distinctIp = { '5m': 1, '1h': 2 };
    expect(view(event).velocity?.distinct_ip).toEqual({ '5_minutes': 1, '1_hour': 2 });
  });
});

describe('a feature that is switched off', () => {
  /** The fields that each takes away; what is no product takes none. */
  const fields: { [F in Feature]?: (keyof V4Event)[] } = {
    botd: ['bot', 'bot_type', 'bot_info'],
    ipInfo: ['ip_info'],
    incognito: ['incognito'],
    developerTools: ['developer_tools'],
    privacySettings: ['privacy_settings'],
    virtualMachine: ['virtual_machine'],
    tampering: ['tampering', 'tampering_confidence', 'tampering_details'],
    vpn: ['vpn', 'vpn_confidence', 'vpn_methods', 'vpn_origin_country', 'vpn_origin_timezone'],
    proxy: ['proxy', 'proxy_confidence', 'proxy_details'],
    velocity: ['velocity'],
    highActivity: ['high_activity_device'],
    replayed: ['replayed'],
    rareDevice: ['rare_device', 'rare_device_percentile_bucket'],
    rootApps: ['root_apps'],
    emulator: ['emulator', 'simulator'],
    clonedApp: ['cloned_app'],
    factoryReset: ['factory_reset_timestamp'],
    jailbroken: ['jailbroken'],
    frida: ['frida'],
    locationSpoofing: ['location_spoofing'],
    mitmAttack: ['mitm_attack'],
    proximity: ['proximity'],
    suspectScore: ['suspect_score'],
    rawDeviceAttributes: ['raw_device_attributes'],
  };

  it.each(featureNames)('%s takes its fields away and no others', (feature) => {
    for (const platform of ['js', 'android', 'ios'] as const) {
      const event = whole(platform);
      const [before, after] = [view(event), view(event, new Set([feature]))];
      const { ip_blocklist, ...rest } = after;
      const expected = Object.keys(before).filter((field) => !fields[feature]?.includes(field as keyof V4Event));
      expect(Object.keys({ ...rest, ip_blocklist }).sort()).toEqual(expected.sort());
    }
  });

  it('takes its part of the address’s lists away, and all of them with both', () => {
    const listed = (...hidden: Feature[]) => view(whole('js'), new Set(hidden)).ip_blocklist;
    expect(listed('tor')).toEqual({ email_spam: true, attack_source: false });
    expect(listed('ipBlocklist')).toEqual({ tor_node: false });
    expect(listed('ipBlocklist', 'tor')).toBeUndefined();
  });
});
