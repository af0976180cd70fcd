import type { SourceValue } from '@whorl/contract';
import type { Values } from './facts-builder.ts';

const plainAutomation = {
  webdriver: false,
  globals: [],
  navigatorOwn: [],
  patched: [],
  disguised: [],
  consoleHooked: false,
};
const settledProbe = { stackTraceHits: 0, probes: 12, elapsed: 2500 };
const newYork = { now: 300, january: 300, july: 240 };
const hash = '2179b48bae2d564d33eadf7e35c993d8';

/** What tells one machine and browser from another. */
export type Core = {
  userAgent: string;
  platform: string;
  language: string;
  cores: number;
  memory?: number;
  timezone: string;
  renderer: string;
  vendor: string;
};

/** What a worker or iframe of an untouched browser says: the same as the page. */
const contextOf = ({ userAgent, platform, language, cores, memory, timezone }: Core) => ({
  userAgent,
  platform,
  languages: [language, language.slice(0, 2)],
  hardwareConcurrency: cores,
  ...(memory === undefined ? {} : { deviceMemory: memory }),
  timezone,
});

/** What the page of an untouched browser says, apart from what its engine adds. */
export const pageOf = (core: Core): Values => ({
  userAgent: core.userAgent,
  platform: core.platform,
  languages: [[core.language]],
  hardwareConcurrency: core.cores,
  deviceMemory: core.memory,
  timezone: core.timezone,
  timezoneOffset: newYork,
  vendor: core.vendor,
  cookiesEnabled: true,
  pdfViewerEnabled: true,
  canvas: { winding: true, geometry: hash, text: hash },
  audio: 124.04347776696522,
  botd: { detections: {} },
  automation: plainAutomation,
  // Only Chromium is watched for gestures that nobody made.
  developerTools: { ...settledProbe, ...(core.userAgent.includes('Chrome/') ? { gestureWithoutInput: false } : {}) },
  // The iframe's graphics are never asked: a second context on the page's own thread is slow.
  worker: { ...contextOf(core), webGlRenderer: core.renderer },
  iframe: { ...contextOf(core), webdriver: false },
});

export const graphics = (renderer: string, unmasked: string): SourceValue<'webGlBasics'> => ({
  version: 'WebGL 1.0',
  vendor: 'WebKit',
  vendorUnmasked: '',
  renderer,
  rendererUnmasked: unmasked,
  shadingLanguageVersion: 'WebGL GLSL ES 1.0',
});

/** A window of some size, maximised but for the browser's own bars. */
export const display = (width: number, height: number, innerWidth: number, innerHeight: number, pixelRatio = 1) => ({
  width,
  height,
  availWidth: width,
  availHeight: height,
  outerWidth: innerWidth,
  outerHeight: innerHeight + 85,
  innerWidth,
  innerHeight,
  pixelRatio,
});
