import type { Screen } from './device-model.ts';

/** External screens by size in CSS pixels, ratio and share, after the desktop sizes that StatCounter counted in 2026. */
const SIZES: readonly (readonly [width: number, height: number, ratio: number, share: number])[] = [
  [1920, 1080, 1, 46],
  [2560, 1440, 1, 15],
  [1920, 1200, 1, 5],
  [1680, 1050, 1, 3],
  [1600, 900, 1, 2.5],
  [1280, 1024, 1, 2],
  [3440, 1440, 1, 4],
  [3840, 2160, 1, 2.5],
  [2560, 1440, 1.5, 4],
  [1920, 1080, 2, 4],
  [2560, 1440, 2, 2.5],
  [2560, 1080, 1, 2],
  [3008, 1692, 2, 0.7],
  [3072, 1728, 1.25, 1.2],
  [2048, 1152, 1.25, 0.8],
  [1440, 900, 1, 0.9],
  [5120, 1440, 1, 0.9],
  [1536, 864, 1.25, 1.2],
  [1366, 768, 1, 0.8],
  [2752, 1152, 1.25, 0.4],
  [1707, 960, 1.5, 0.5],
  [2194, 1234, 1.75, 0.3],
  [1360, 768, 1, 0.3],
  [2880, 1620, 2, 0.2],
  [1080, 1920, 1, 0.6],
  [1440, 2560, 1, 0.3],
  [1200, 1920, 1, 0.2],
  [3840, 1600, 1, 0.4],
  [2560, 1600, 1, 0.6],
  [1152, 864, 1, 0.1],
];

/** External screens and how often each is met. The trait `dock` holds a place in it, plus one. */
export const externalScreens: { screens: readonly Screen[]; shares: readonly number[] } = {
  screens: SIZES.map(([width, height, ratio]) => ({ width, height, ratio, hdr: false, gamut: 'srgb' })),
  shares: SIZES.map(([, , , share]) => share / SIZES.reduce((sum, [, , , each]) => sum + each, 0)),
};
