import type { OsName } from '../visits/simulated-visit.ts';
import { Weighted, zipf } from './weighted.ts';

/** Distributions of settings by system. Value 0 is always the default. */
type ByOs = { [Os in OsName]: Weighted };

/** A default of the given share, and a tail of others that falls as a power of the rank. */
const mostly = (share: number, others: number, exponent = 1): Weighted => {
  const tail = zipf(others, exponent);
  const total = tail.reduce((sum, weight) => sum + weight, 0);
  return new Weighted([share, ...tail.map((weight) => ((1 - share) * weight) / total)]);
};

const only = new Weighted([1]);

/** Text rendering tuned by the owner: ClearType on Windows, fontconfig on Linux. Decides the canvas's text, nothing else. */
export const smoothings: ByOs = {
  Windows: mostly(0.9, 1500, 0.8),
  Linux: mostly(0.6, 800, 0.8),
  Android: mostly(0.96, 40),
  iOS: only,
  macOS: mostly(0.93, 12),
  ChromeOS: only,
};

/** Generations of graphics drivers that draw or name themselves differently. */
export const drivers: ByOs = {
  Windows: mostly(0.3, 15, 0.7),
  Linux: mostly(0.35, 9, 0.7),
  Android: only,
  iOS: only,
  macOS: only,
  ChromeOS: only,
};

/** Sizes of text: iOS and Android in their steps, desktops by what was set in the browser. */
export const textSizes: ByOs = {
  iOS: new Weighted([60, 13, 8, 5, 4, 3.5, 2.5, 1.5, 1, 0.7, 0.5, 0.3]),
  Android: new Weighted([68, 12, 8, 5, 3, 2, 1, 0.6, 0.4]),
  Windows: mostly(0.95, 60),
  macOS: mostly(0.965, 40),
  Linux: mostly(0.8, 60),
  ChromeOS: mostly(0.97, 8),
};

/** Voices beyond those of the system and its language. */
export const voicePacks: ByOs = {
  iOS: mostly(0.93, 25),
  Android: mostly(0.72, 60),
  Windows: mostly(0.9, 40),
  macOS: mostly(0.8, 200),
  Linux: mostly(0.9, 12),
  ChromeOS: mostly(0.9, 20),
};

/** Microphone, speaker and camera, as bits, after `fingerprint-generator`'s counts; phones have all. */
export const MEDIA = [7, 3, 2, 0, 6] as const;
const plugged = new Weighted([0.79, 0.1, 0.07, 0.02, 0.02]);
export const mediaSets: ByOs = {
  Windows: plugged,
  Linux: plugged,
  macOS: new Weighted([0.88, 0.08, 0.03, 0.01]),
  ChromeOS: new Weighted([0.97, 0.03]),
  Android: only,
  iOS: only,
};

/** Where the taskbar or the Dock is and how much it takes: Windows in a few forms, macOS in pixels. */
export const frames: ByOs = {
  Windows: new Weighted([0.9, 0.045, 0.02, 0.015, 0.01, 0.01]),
  macOS: new Weighted([0.34, 0.14, ...zipf(48, 0.5).map((weight) => weight * 0.05)]),
  Linux: mostly(0.5, 12),
  ChromeOS: mostly(0.9, 3),
  Android: only,
  iOS: only,
};

/** A region that differs from the language's own, as `Intl` tells it. */
export const regions = mostly(0.94, 12);

/** Zoom of pages on desktops, per cent. */
export const ZOOMS = [100, 90, 110, 125, 80, 150, 67, 75, 175, 120, 133, 200] as const;
export const zooms = new Weighted([86, 4, 3, 2.6, 1.6, 1, 0.6, 0.5, 0.25, 0.2, 0.15, 0.14]);

/** Windows of desktops: maximised, or one of many sizes. */
export const WINDOW_SIZES = 4096;
export const windows = new Weighted([0.68, ...new Array<number>(WINDOW_SIZES).fill(0.32 / WINDOW_SIZES)]);

/** Sets of filter lists that block content, where a browser can have them and the agent looks. */
export const blockers = mostly(0.87, 14);
