import { type Core, display, graphics, pageOf } from './browser-parts.ts';
import { type Browser, changed } from './facts-builder.ts';

/**
 * Chromium and its kin as they really answer. Linux and headless were read from Debian's Chromium 156; its graphics and
 * the other systems are written from what such machines are known to show.
 */

const LINUX_GPU = 'ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)';
const SWIFTSHADER = 'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)';

type Hints = { brand?: string; version: string; platform: string; platformVersion: string; mobile?: boolean };

const chromium = (core: Core, hints: Hints): Browser => {
  const { brand, version, platform, platformVersion, mobile = false } = hints;
  const brands = ['Chromium', ...(brand === undefined ? [] : [brand])];
  const list = (of: string) => [
    { brand: 'Not:A-Brand', version: '8' },
    ...brands.map((name) => ({ brand: name, version: of })),
  ];
  const major = version.split('.')[0] ?? '';
  return {
    values: {
      ...pageOf(core),
      webGlBasics: graphics('WebKit WebGL', core.renderer),
      clientHints: { brands: list(major), mobile, platform, platformVersion, fullVersionList: list(version) },
      engine: {
        evalLength: 33,
        productSub: '20030107',
        features: [
          'SharedWorker',
          'chrome',
          'webkitMediaStream',
          'webkitRequestFileSystem',
          'webkitResolveLocalFileSystemURL',
        ],
        errorMessage: 'toFixed() digits argument must be between 0 and 100',
      },
      privacy: { brave: false, clockStep: 0.1, screenEqualsWindow: false },
      storageFacts: { quota: 10_737_418_240, usage: 0, directory: 'ok', serviceWorker: true },
      incognito: { isPrivate: false, browserName: 'Chrome', usageOpened: 3_525_566, usageDeleted: 3_857_990 },
      display: display(1920, 1080, 1536, 864),
      mediaDevices: { audioinput: 1, audiooutput: 1, videoinput: 1 },
    },
    headers: {
      'user-agent': core.userAgent,
      'accept-language': `${core.language},${core.language.slice(0, 2)};q=0.9`,
      'sec-ch-ua': list(major)
        .map((entry) => `"${entry.brand}";v="${entry.version}"`)
        .join(', '),
      'sec-ch-ua-mobile': mobile ? '?1' : '?0',
      'sec-ch-ua-platform': `"${platform}"`,
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      origin: 'https://shop.example',
    },
  };
};

const chromiumAgent = (system: string, rest = 'Chrome/156.0.0.0 Safari/537.36') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`;

const linuxCore: Core = {
  userAgent: chromiumAgent('X11; Linux x86_64'),
  platform: 'Linux x86_64',
  language: 'en-US',
  cores: 8,
  memory: 16,
  timezone: 'America/New_York',
  renderer: LINUX_GPU,
  vendor: 'Google Inc.',
};
const linuxHints = { version: '156.0.8078.79', platform: 'Linux', platformVersion: '' };

export const chromiumLinux = chromium(linuxCore, linuxHints);

export const chromiumIncognito = changed(chromiumLinux, {
  incognito: { isPrivate: true, browserName: 'Chrome', usageOpened: 73_728, usageDeleted: 0 },
});

/** Headless, on a virtual machine without graphics, driven by nothing. */
export const chromiumHeadless = changed(
  chromium(
    {
      ...linuxCore,
      userAgent: chromiumAgent('X11; Linux x86_64', 'HeadlessChrome/156.0.0.0 Safari/537.36'),
      cores: 2,
      renderer: SWIFTSHADER,
    },
    linuxHints,
  ),
  {
    botd: {
      kind: 'headless_chrome',
      detections: { detectAppVersion: 'headless_chrome', detectUserAgent: 'headless_chrome' },
    },
    display: display(800, 600, 780, 437),
    mediaDevices: { audioinput: 0, audiooutput: 0, videoinput: 0 },
  },
);

/** A workstation whose graphics driver failed: real, and drawing on the processor. */
export const chromiumWithoutDriver = chromium({ ...linuxCore, renderer: SWIFTSHADER }, linuxHints);

export const edgeWindows = chromium(
  {
    ...linuxCore,
    userAgent: chromiumAgent('Windows NT 10.0; Win64; x64', 'Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0'),
    platform: 'Win32',
    renderer: 'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 (0x00002504) Direct3D11 vs_5_0 ps_5_0, D3D11)',
  },
  { brand: 'Microsoft Edge', version: '156.0.3296.52', platform: 'Windows', platformVersion: '15.0.0' },
);

export const chromeMac = chromium(
  {
    ...linuxCore,
    userAgent: chromiumAgent('Macintosh; Intel Mac OS X 10_15_7'),
    platform: 'MacIntel',
    renderer: 'ANGLE (Apple, ANGLE Metal Renderer: Apple M1, Unspecified Version)',
  },
  { brand: 'Google Chrome', version: '156.0.8078.79', platform: 'macOS', platformVersion: '15.5.0' },
);

export const chromeAndroid = chromium(
  {
    ...linuxCore,
    userAgent: chromiumAgent('Linux; Android 10; K', 'Chrome/156.0.0.0 Mobile Safari/537.36'),
    platform: 'Linux armv81',
    renderer: 'ANGLE (Qualcomm, Adreno (TM) 730, OpenGL ES 3.2)',
  },
  { brand: 'Google Chrome', version: '156.0.8078.60', platform: 'Android', platformVersion: '16.0.0', mobile: true },
);

/** Brave with its shields up: other cores in the page than in the worker, and no tracking wished. */
export const brave = changed(chromium(linuxCore, { ...linuxHints, brand: 'Brave' }), {
  privacy: { brave: true, clockStep: 0.1, globalPrivacyControl: true, screenEqualsWindow: false },
  hardwareConcurrency: 5,
  deviceMemory: 4,
});
