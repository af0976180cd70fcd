import type { SourceValue } from '@whorl/contract';
import { type Core, display, graphics, pageOf } from './browser-parts.ts';
import { type Browser, changed } from './facts-builder.ts';

/**
 * Firefox and Safari. Firefox was read from ESR 153 on Linux: plain, private, and with `privacy.resistFingerprinting`.
 * Safari is written from what its engine is known to show.
 */

const gecko = (core: Core): Browser => ({
  values: {
    ...pageOf(core),
    // FingerprintJS shows the steps that private windows have, in every window.
    hardwareConcurrency: core.cores >= 8 ? 8 : 4,
    languages: [[core.language], [core.language, core.language.slice(0, 2)]],
    webGlBasics: graphics(core.renderer, ''),
    engine: {
      evalLength: 37,
      productSub: '20100101',
      features: ['CSSMozDocumentRule', 'InstallTrigger', 'SharedWorker', 'mozInnerScreenX', 'onmozfullscreenchange'],
      errorMessage: 'precision -1 out of range',
    },
    developerTools: { stackTraceHits: 0, probes: 19, elapsed: 2600, tableRatio: 0 },
    privacy: { brave: false, clockStep: 1, globalPrivacyControl: false, screenEqualsWindow: false },
    storageFacts: { quota: 10_737_418_240, usage: 491_520, directory: 'ok', serviceWorker: true },
    incognito: { isPrivate: false, browserName: 'Firefox' },
    display: display(1280, 800, 1152, 635),
    mediaDevices: { audioinput: 1, audiooutput: 0, videoinput: 1 },
  },
  headers: {
    'user-agent': core.userAgent,
    'accept-language': `${core.language},${core.language.slice(0, 2)};q=0.9`,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
    origin: 'https://shop.example',
  },
});

const geckoCore: Core = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  platform: 'Linux x86_64',
  language: 'en-US',
  cores: 2,
  timezone: 'America/New_York',
  renderer: 'Intel(R) HD Graphics, or similar',
  vendor: '',
};

export const firefoxLinux = gecko(geckoCore);

export const firefoxPrivate = changed(gecko({ ...geckoCore, cores: 4 }), {
  storageFacts: { quota: 10_737_418_240, usage: 0, directory: 'SecurityError', serviceWorker: false },
  incognito: { isPrivate: true, browserName: 'Firefox' },
  privacy: { brave: false, clockStep: 1, globalPrivacyControl: true, screenEqualsWindow: false },
});

export const firefoxResisting = changed(
  gecko({ ...geckoCore, cores: 4, timezone: 'Atlantic/Reykjavik', renderer: 'Mozilla' }),
  {
    timezoneOffset: { now: 0, january: 0, july: 0 },
    privacy: { brave: false, clockStep: 16.667, globalPrivacyControl: false, screenEqualsWindow: true },
    display: { ...display(1200, 600, 1200, 600, 2), outerHeight: 600 },
  },
);

const webkit = (core: Core, screen: SourceValue<'display'>): Browser => ({
  values: {
    ...pageOf(core),
    webGlBasics: graphics('WebKit WebGL', 'Apple GPU'),
    engine: {
      evalLength: 37,
      productSub: '20030107',
      features: ['ApplePayError', 'CSSPrimitiveValue', 'GestureEvent', 'SharedWorker', 'WebKitMediaKeys', 'safari'],
      errorMessage: 'toFixed() argument must be between 0 and 100',
    },
    privacy: { brave: false, clockStep: 1, screenEqualsWindow: false },
    storageFacts: { directory: 'ok', serviceWorker: true },
    incognito: { isPrivate: false, browserName: 'Safari' },
    display: screen,
  },
  headers: {
    'user-agent': core.userAgent,
    'accept-language': 'en-US,en;q=0.9',
    'sec-fetch-site': 'same-site',
    'sec-fetch-mode': 'cors',
    'sec-fetch-dest': 'empty',
    origin: 'https://shop.example',
  },
});

const appleCore = { language: 'en-US', timezone: 'America/New_York', renderer: 'Apple GPU' };
const appleVendor = 'Apple Computer, Inc.';
const safariAgent = (system: string, rest: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;

export const safariPhone = webkit(
  {
    ...appleCore,
    userAgent: safariAgent('iPhone; CPU iPhone OS 18_5 like Mac OS X', 'Version/18.5 Mobile/15E148 Safari/604.1'),
    platform: 'iPhone',
    cores: 4,
    vendor: appleVendor,
  },
  display(390, 844, 390, 664, 3),
);

/** Asks for desktop pages and says Macintosh; FingerprintJS recognises it by its screen and touch. */
export const safariPad = changed(
  webkit(
    {
      ...appleCore,
      userAgent: safariAgent('Macintosh; Intel Mac OS X 10_15_7', 'Version/18.5 Safari/605.1.15'),
      platform: 'MacIntel',
      cores: 8,
      vendor: appleVendor,
    },
    display(820, 1180, 820, 1106, 2),
  ),
  { platform: 'iPad' },
);

export const safariMac = webkit(
  {
    ...appleCore,
    userAgent: safariAgent('Macintosh; Intel Mac OS X 10_15_7', 'Version/18.5 Safari/605.1.15'),
    platform: 'MacIntel',
    cores: 8,
    vendor: appleVendor,
  },
  display(1512, 982, 1440, 789, 2),
);

/** Recorded from WebKitGTK 2.50 (MiniBrowser) on a page without HTTPS, where it has no `navigator.storage`. */
export const webkitGtk = changed(
  webkit(
    {
      ...appleCore,
      userAgent: safariAgent('X11; Linux x86_64', 'Version/60.5 Safari/605.1.15'),
      platform: 'Linux x86_64',
      cores: 4,
      vendor: appleVendor,
    },
    display(1920, 1080, 1024, 730, 1),
  ),
  {
    engine: {
      evalLength: 37,
      productSub: '20030107',
      features: [
        'CSSCounterStyleRule',
        'CSSPrimitiveValue',
        'NavigationPreloadManager',
        'SharedWorker',
        'TouchEvent',
        'trustedTypes',
      ],
      errorMessage: 'toFixed() argument must be between 0 and 100',
    },
    storageFacts: { directory: 'missing', serviceWorker: true },
    incognito: { isPrivate: false, browserName: 'Safari', storesBlobs: true },
  },
);

export const webkitGtkPrivate = changed(webkitGtk, {
  incognito: { isPrivate: false, browserName: 'Safari', storesBlobs: false },
});
