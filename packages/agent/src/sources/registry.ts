import { sources as upstream } from '@fingerprintjs/fingerprintjs';
import type { SourceName, SourceValue } from '@whorl/contract';
import { iframe } from '../contexts/iframe.ts';
import { worker } from '../contexts/worker.ts';
import { audio } from './audio.ts';
import { automation } from './automation.ts';
import { botd } from './botd.ts';
import { canvas } from './canvas.ts';
import { clientHints } from './client-hints.ts';
import { codecs } from './codecs.ts';
import { developerTools } from './developer-tools.ts';
import { display } from './display.ts';
import { engine } from './engine.ts';
import { fingerprintjs } from './fingerprintjs.ts';
import { fonts } from './fonts.ts';
import { incognito } from './incognito.ts';
import { keyboardLayout } from './keyboard-layout.ts';
import { mediaDevices } from './media-devices.ts';
import { privacy } from './privacy.ts';
import type { Source } from './source.ts';
import { storageFacts } from './storage-facts.ts';
import { timezoneOffset } from './timezone-offset.ts';
import { userAgent } from './user-agent.ts';
import { voices } from './voices.ts';
import { webGlExtensions } from './web-gl-extensions.ts';
import { webGpu } from './web-gpu.ts';

const once = { once: true } as const;

/**
 * Every source by its name on the wire. The order is the order of starting: first what waits for others than the page's
 * own thread, the longest wait foremost, then what keeps the thread busy.
 */
export const registry = {
  incognito,
  worker,
  mediaDevices,
  audio,
  voices,
  storageFacts,
  clientHints,
  webGpu,
  userAgentData: fingerprintjs(upstream.userAgentData, once),
  keyboardLayout,
  fonts,
  fontPreferences: fingerprintjs(upstream.fontPreferences, once),
  domBlockers: fingerprintjs(() => upstream.domBlockers(), once),
  webGlBasics: fingerprintjs(upstream.webGlBasics, once),
  webGlExtensions,
  codecs,
  canvas,
  privacy,
  botd,
  iframe,
  engine,
  automation,
  developerTools,
  userAgent,
  display,
  timezoneOffset,
  screenFrame: fingerprintjs(upstream.screenFrame),
  osCpu: fingerprintjs(upstream.osCpu),
  languages: fingerprintjs(upstream.languages),
  colorDepth: fingerprintjs(upstream.colorDepth),
  deviceMemory: fingerprintjs(upstream.deviceMemory),
  screenResolution: fingerprintjs(upstream.screenResolution),
  hardwareConcurrency: fingerprintjs(upstream.hardwareConcurrency),
  timezone: fingerprintjs(upstream.timezone),
  sessionStorage: fingerprintjs(upstream.sessionStorage),
  localStorage: fingerprintjs(upstream.localStorage),
  indexedDB: fingerprintjs(upstream.indexedDB),
  openDatabase: fingerprintjs(upstream.openDatabase),
  cpuClass: fingerprintjs(upstream.cpuClass),
  platform: fingerprintjs(upstream.platform),
  plugins: fingerprintjs(upstream.plugins),
  touchSupport: fingerprintjs(upstream.touchSupport),
  vendor: fingerprintjs(upstream.vendor),
  vendorFlavors: fingerprintjs(upstream.vendorFlavors),
  cookiesEnabled: fingerprintjs(upstream.cookiesEnabled),
  colorGamut: fingerprintjs(upstream.colorGamut),
  invertedColors: fingerprintjs(upstream.invertedColors),
  forcedColors: fingerprintjs(upstream.forcedColors),
  monochrome: fingerprintjs(upstream.monochrome),
  contrast: fingerprintjs(upstream.contrast),
  reducedMotion: fingerprintjs(upstream.reducedMotion),
  reducedTransparency: fingerprintjs(upstream.reducedTransparency),
  hdr: fingerprintjs(upstream.hdr),
  math: fingerprintjs(upstream.math, once),
  pdfViewerEnabled: fingerprintjs(upstream.pdfViewerEnabled),
  architecture: fingerprintjs(upstream.architecture, once),
  applePay: fingerprintjs(upstream.applePay, once),
  privateClickMeasurement: fingerprintjs(upstream.privateClickMeasurement, once),
  audioBaseLatency: fingerprintjs(upstream.audioBaseLatency, once),
  dateTimeLocale: fingerprintjs(upstream.dateTimeLocale),
} as const satisfies { [N in SourceName]: Source<SourceValue<N>> };
