import type { JsonObject } from '@whorl/contract';

/** Events with the fields that the hosted service publishes, written by hand: this server's own views do not make these. */

const seenAt = (iso: string | null) => ({ global: iso, subscription: iso });

/** A v3 event of an Android app, on a plan with few products; one product failed. */
export const androidV3: JsonObject = {
  products: {
    identification: {
      data: {
        visitorId: 'Ibk1527CUFmcnjLwIs4A',
        requestId: '1708102555327.NLOjmg',
        incognito: false,
        linkedId: 'customer-9',
        tag: { plan: 'gold' },
        time: '2024-02-16T16:55:55Z',
        timestamp: 1708102555327,
        url: '',
        ip: '61.127.217.15',
        ipLocation: { accuracyRadius: 10, latitude: 49.9, longitude: 36.2, city: { name: 'Kharkiv' } },
        browserDetails: {
          browserName: 'Other',
          browserMajorVersion: '',
          browserFullVersion: '',
          os: 'Android',
          osVersion: '14',
          device: 'Pixel 8',
          userAgent: 'app/7.1 (Android 14; Pixel 8)',
        },
        confidence: { score: 1, revision: 'v1.1', comment: 'from the service' },
        visitorFound: true,
        firstSeenAt: seenAt('2023-03-16T11:26:45.362Z'),
        lastSeenAt: { global: '2024-02-10T10:00:00.000Z', subscription: null },
        sdk: { platform: 'android', version: '2.7.0' },
        replayed: false,
      },
    },
    botd: { error: { code: 'Failed', message: 'internal server error' } },
    rootApps: { data: { result: true } },
    emulator: { data: { result: false } },
    frida: { data: { result: true } },
    factoryReset: { data: { time: '2023-01-01T00:00:00Z', timestamp: 1672531200000 } },
    suspectScore: { data: { result: 24 } },
    vpn: {
      data: {
        result: true,
        confidence: 'high',
        originTimezone: 'Europe/Kyiv',
        originCountry: 'UA',
        methods: {
          timezoneMismatch: false,
          publicVPN: true,
          auxiliaryMobile: false,
          osMismatch: false,
          relay: false,
          mlPrediction: true,
        },
        mlScore: 0.9,
      },
    },
    labels: { data: [{ label: 'payment', prediction: true }] },
    remoteControl: { data: { result: false } },
  },
};

/** A v3 event of a browser on a plan that has the identification alone. */
export const plainV3: JsonObject = {
  products: {
    identification: {
      data: {
        visitorId: 'aaaaaaaaaaaaaaaaaaaa',
        requestId: '1708102555400.AAAAAA',
        incognito: true,
        tag: {},
        time: '2024-02-16T16:55:55Z',
        timestamp: 1708102555400,
        url: 'https://shop.example/',
        ip: '2001:db8::7',
        ipLocation: { latitude: 1, longitude: 2, country: { code: 'DE', name: 'Germany' } },
        browserDetails: { browserName: 'Chrome', os: 'Windows' },
        visitorFound: false,
        firstSeenAt: seenAt('2024-02-16T16:55:55.400Z'),
        lastSeenAt: seenAt(null),
      },
    },
  },
};

/** A v4 event of a browser with fields that this server never shows. */
export const browserV4: JsonObject = {
  event_id: '1708102555500.BBBBBB',
  timestamp: 1708102555500,
  identification: {
    visitor_id: 'bbbbbbbbbbbbbbbbbbbb',
    visitor_found: true,
    confidence: { score: 0.91, version: 'v1.1' },
    first_seen_at: 1700000000000,
    last_seen_at: 1708000000000,
  },
  supplementary_id_high_recall: { visitor_id: 'cccccccccccccccccccc', visitor_found: true },
  sdk: { platform: 'unknown', version: '' },
  url: 'https://shop.example/cart',
  ip_address: '61.127.217.15',
  user_agent: 'Mozilla/5.0',
  browser_details: {
    browser_name: 'Safari',
    browser_major_version: '17',
    browser_full_version: '17.2',
    os: 'Mac OS X',
    os_version: '10.15.7',
    device: 'Other',
  },
  bot: 'good',
  bot_info: { category: 'ai_agent', provider: 'Example', name: 'ExampleBot', identity: 'signed', confidence: 'high' },
  incognito: true,
  vpn: false,
  vpn_ml_score: 0.2,
  tampering_ml_score: 0.4,
  virtual_machine: true,
  virtual_machine_ml_score: 0.8,
  proxy: true,
  proxy_confidence: 'medium',
  proxy_details: { proxy_type: 'residential', last_seen_at: 1707998400000, provider: 'Example' },
  ip_blocklist: { email_spam: true, attack_source: false, tor_node: true },
  suspect_score: 31,
  raw_device_attributes: { timezone: 'Europe/Berlin', math: '5f030fa7d2e5f9f757bfaf81642eb1a6', emoji: { width: 1 } },
  labels: [{ label: 'payment' }],
};
