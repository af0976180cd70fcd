import type { DeviceModel } from './device-model.ts';

/**
 * Apple's products by screen (CSS pixels, ratio), from Apple's technical specifications; shares after the sizes of
 * screen that `user-agents` (BSD-2) and `fingerprint-generator` (Apache-2.0) counted in 2026. Models that a web page
 * cannot tell apart are one line: of all iPhones there are only a dozen.
 */
const IPHONES: readonly (readonly [width: number, height: number, ratio: number, share: number])[] = [
  [402, 874, 3, 18],
  [393, 852, 3, 17.5],
  [390, 844, 3, 16],
  [375, 812, 3, 13],
  [440, 956, 3, 11],
  [414, 896, 2, 8],
  [430, 932, 3, 7.5],
  [428, 926, 3, 3],
  [414, 896, 3, 2.5],
  [375, 667, 2, 1.5],
  [420, 912, 3, 1],
  [414, 736, 3, 0.3],
  [320, 693, 2, 0.2],
];

const IPADS: typeof IPHONES = [
  [820, 1180, 2, 2.2],
  [810, 1080, 2, 1.6],
  [834, 1194, 2, 0.8],
  [834, 1210, 2, 0.4],
  [1024, 1366, 2, 0.7],
  [1032, 1376, 2, 0.3],
  [744, 1133, 2, 0.5],
  [768, 1024, 2, 0.5],
];

/** Macs: graphics as Metal names them, cores as Chromium counts them, gigabytes to choose from, built-in screen. */
const MACS: readonly (readonly [
  chip: string,
  cores: number,
  memories: readonly number[],
  width: number,
  height: number,
  share: number,
])[] = [
  ['Apple M1', 8, [8, 16], 1440, 900, 17],
  ['Apple M2', 8, [8, 16], 1470, 956, 11],
  ['Apple M3', 8, [8, 16], 1470, 956, 7],
  ['Apple M4', 10, [16, 32], 1470, 956, 9],
  ['Apple M4', 10, [16, 32], 1920, 1080, 5],
  ['Apple M2', 8, [8, 16], 1920, 1080, 3],
  ['Apple M1', 8, [8, 16], 2240, 1260, 3],
  ['Apple M3', 8, [8, 16], 2240, 1260, 2],
  ['Apple M1 Pro', 10, [16, 32], 1512, 982, 6],
  ['Apple M1 Pro', 8, [16], 1512, 982, 3],
  ['Apple M1 Pro', 10, [16, 32], 1728, 1117, 4],
  ['Apple M1 Max', 10, [32], 1728, 1117, 2],
  ['Apple M2 Pro', 12, [16, 32], 1512, 982, 3],
  ['Apple M2 Max', 12, [32], 1728, 1117, 1],
  ['Apple M3 Pro', 12, [32], 1728, 1117, 2],
  ['Apple M3 Pro', 11, [16, 32], 1512, 982, 3],
  ['Apple M3 Max', 16, [32], 1728, 1117, 1],
  ['Apple M4 Pro', 14, [16, 32], 1728, 1117, 3],
  ['Apple M4 Pro', 12, [16, 32], 1512, 982, 4],
  ['Apple M4 Max', 16, [32], 1728, 1117, 1],
  ['Apple M1 Max', 10, [32], 2560, 1440, 0.6],
  ['Apple M5', 10, [16, 32], 1512, 982, 2],
  ['Intel(R) Iris(TM) Plus Graphics 655', 8, [8, 16], 1440, 900, 1.4],
  ['Intel(R) Iris(TM) Plus Graphics', 8, [8, 16], 1440, 900, 1.2],
  ['Intel(R) UHD Graphics 617', 4, [8, 16], 1440, 900, 1.2],
  ['Intel(R) HD Graphics 6000', 4, [4, 8], 1440, 900, 1],
  ['AMD Radeon Pro 5300M', 12, [16, 32], 1792, 1120, 0.8],
  ['AMD Radeon Pro 5500 XT', 8, [16, 32], 2560, 1440, 0.6],
  ['AMD Radeon Pro 580X', 12, [16, 32], 2560, 1440, 0.4],
  ['Intel(R) UHD Graphics 630', 12, [16, 32], 1920, 1080, 0.4],
];

type Entry = readonly [DeviceModel, number];

const pocket = (name: 'iPhone' | 'iPad', list: typeof IPHONES): Entry[] =>
  list.map(([width, height, ratio, share]) => [
    {
      os: 'iOS',
      graphics: 'Apple GPU',
      graphicsVendor: 'Apple Inc.',
      screen: { width, height, ratio, hdr: ratio === 3, gamut: width === 320 ? 'srgb' : 'p3' },
      cores: name === 'iPad' ? 8 : 4,
      memory: 8,
      touchPoints: 5,
      name,
      architecture: 127,
    },
    share,
  ]);

/** Every iPhone and iPad that a page can tell apart, with its share. */
export const iosModels: readonly Entry[] = [...pocket('iPhone', IPHONES), ...pocket('iPad', IPADS)];

/** Every Mac that a page can tell apart, with its share. */
export const macModels: readonly Entry[] = MACS.flatMap(([chip, cores, memories, width, height, share]) =>
  memories.map((memory, place): Entry => {
    const maker = /^(?:Apple|AMD|Intel)/.exec(chip)?.[0] ?? 'Apple';
    const laptop = width < 1800;
    return [
      {
        os: 'macOS',
        graphics: `ANGLE (${maker}, ANGLE Metal Renderer: ${chip}, Unspecified Version)`,
        graphicsVendor: `Google Inc. (${maker})`,
        screen: { width, height, ratio: 2, hdr: laptop && width > 1500, gamut: 'p3' },
        cores,
        memory,
        touchPoints: 0,
        name: '',
        architecture: maker === 'Apple' ? 127 : 255,
      },
      share * (place === 0 ? 0.65 : 0.35),
    ];
  }),
);
