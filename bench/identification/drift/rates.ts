import { looks } from '../population/looks.ts';
import { nth } from '../population/weighted.ts';
import { type OsName, osNames } from '../visits/simulated-visit.ts';
import type { Flag } from './kernels.ts';
import type { Traits } from './trait.ts';
import { T } from './trait-names.ts';
import type { Pace } from './updating.ts';

/** Whether a system runs on machines with windows, zoom and second screens. */
export const desktopOnly = (os: OsName): boolean => os === 'Windows' || os === 'macOS' || os === 'Linux';

/** How fast browsers update: at the next start for most; some are managed or never closed, some are left behind. */
export const paces: readonly Pace[] = [
  { share: 0.46, rate: 1 / 5 },
  { share: 0.25, rate: 1 / 16 },
  { share: 0.17, rate: 1 / 70 },
  { share: 0.12, rate: 1 / 500 },
];

const OS_PACES: { [Os in OsName]: readonly Pace[] } = {
  iOS: [
    { share: 0.5, rate: 1 / 10 },
    { share: 0.3, rate: 1 / 40 },
    { share: 0.2, rate: 1 / 250 },
  ],
  macOS: [
    { share: 0.4, rate: 1 / 15 },
    { share: 0.35, rate: 1 / 60 },
    { share: 0.25, rate: 1 / 400 },
  ],
  Windows: [
    { share: 0.4, rate: 1 / 120 },
    { share: 0.35, rate: 1 / 600 },
    { share: 0.25, rate: 1 / 5000 },
  ],
  Android: [
    { share: 0.35, rate: 1 / 90 },
    { share: 0.65, rate: 1 / 1500 },
  ],
  Linux: [
    { share: 0.5, rate: 1 / 30 },
    { share: 0.5, rate: 1 / 400 },
  ],
  ChromeOS: [
    { share: 0.8, rate: 1 / 7 },
    { share: 0.2, rate: 1 / 300 },
  ],
};

export const osPaces = (os: OsName): readonly Pace[] => OS_PACES[os];

const shareBy =
  (table: { [Os in OsName]?: number }) =>
  (at: Traits): number =>
    table[nth(osNames, nth(at, T.os))] ?? 0;

/** Bits: less motion, more contrast, inverted colours, forced colours, less transparency. */
export const accessibilityFlags = (turnover: Flag['turnover']): Flag[] => [
  { share: shareBy({ iOS: 0.045, Android: 0.04, Windows: 0.06, macOS: 0.04, Linux: 0.05, ChromeOS: 0.01 }), turnover },
  { share: shareBy({ iOS: 0.02, Android: 0.008, Windows: 0.004, macOS: 0.008, Linux: 0.01 }), turnover },
  { share: shareBy({ iOS: 0.004, macOS: 0.001 }), turnover },
  { share: shareBy({ Windows: 0.006, Android: 0.001 }), turnover },
  { share: shareBy({ iOS: 0.02, Windows: 0.06, macOS: 0.015 }), turnover },
];

const shareByView =
  (chromium: number, gecko: number) =>
  (at: Traits): number => {
    const { view } = nth(looks, nth(at, T.family));
    return view === 'chromium' ? chromium : view === 'gecko' ? gecko : 0;
  };

/** Bits: Global Privacy Control, Do Not Track, no viewer for PDF. */
export const settingFlags = (turnover: Flag['turnover']): Flag[] => [
  { share: shareByView(0, 0.07), turnover },
  { share: shareByView(0.07, 0.1), turnover },
  { share: shareByView(0.006, 0.01), turnover },
];
