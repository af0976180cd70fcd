import type { Event, SourceName, SourceValue } from '@whorl/contract';

const hash = 'a'.repeat(32);

/** A value of each source that an answer has a form of its own for, and of some that only v3 shows, as they came. */
const values: { readonly [N in SourceName]?: SourceValue<N> } = {
  fonts: ['Arial', 'Courier'],
  fontPreferences: { default: 148.2, serif: 148.2, sans: 143.9, mono: 132.6, apple: 148.2, min: 9.2, system: 146.1 },
  audio: 124.04347527516074,
  canvas: { winding: true, geometry: hash, text: hash },
  osCpu: 'Linux x86_64',
  languages: [['cs-CZ', 'cs'], ['en']],
  colorDepth: 24,
  deviceMemory: 8,
  screenResolution: [1920, 1080],
  hardwareConcurrency: 8,
  timezone: 'Europe/Prague',
  timezoneOffset: { now: -60, january: -60, july: -120 },
  sessionStorage: true,
  localStorage: true,
  indexedDB: true,
  platform: 'Linux x86_64',
  plugins: [{ name: 'PDF Viewer', description: '', mimeTypes: [{ type: 'application/pdf', suffixes: 'pdf' }] }],
  touchSupport: { maxTouchPoints: 5, touchEvent: true, touchStart: true },
  vendor: 'Google Inc.',
  cookiesEnabled: true,
  math: { acos: 1.4473588658278522, acosh: 709.889355822726 },
  architecture: 255,
  dateTimeLocale: 'cs-CZ',
  webGlBasics: {
    version: 'WebGL 1.0',
    vendor: 'WebKit',
    vendorUnmasked: 'Google Inc.',
    renderer: 'WebKit WebGL',
    rendererUnmasked: 'ANGLE',
    shadingLanguageVersion: 'WebGL GLSL ES 1.0',
  },
  webGlExtensions: {
    contextAttributes: hash,
    parameters: hash,
    shaderPrecisions: hash,
    extensions: hash,
    extensionParameters: hash,
    unsupportedExtensions: hash,
  },
  keyboardLayout: { size: 48, hash, sample: 'qwertz' },
  clientHints: { brands: [{ brand: 'Chromium', version: '156' }], mobile: false, platform: 'Linux' },
};

/** Attributes as an event keeps them: with values, and of the two sorts that have none. */
export const richAttributes: Event['attributes'] = {
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, duration: 1 }])),
  cpuClass: { absent: true, duration: 1 },
  voices: { error: { name: 'Error', message: 'timeout' }, duration: 1_000 },
};
