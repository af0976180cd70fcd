import type { BrowserFamily, OsName } from '../visits/simulated-visit.ts';

/** Milliseconds of a day, and the day that simulations begin on: 1 September 2026, in days since the epoch. */
export const DAY = 86_400_000;
export const FIRST_DAY = Date.UTC(2026, 8, 1) / DAY;

/** A version and the day it came out. */
export type Release = { day: number; version: string };

/** A line of releases, oldest first. A trait's value is the place in it. */
export type ReleaseTrain = readonly Release[];

const ago = (days: number): number => FIRST_DAY - days;

/** Chromium and Firefox release every 28 days; how many of them are told apart, back into the past and ahead. */
const CYCLE = 28;
const PAST = 40;
const AHEAD = 16;

const numbered = (newest: number, offset: number, build: (major: number) => string): ReleaseTrain =>
  Array.from({ length: PAST + AHEAD }, (_, place) => {
    const major = newest - PAST + 1 + place;
    return { day: FIRST_DAY + offset + (place - PAST + 1) * CYCLE, version: build(major) };
  });

/** A build number that depends on the major version alone, as the stable channel's does. */
const buildOf = (major: number): string => `${major}.0.${7000 + (major - 130) * 43}.${60 + ((major * 37) % 90)}`;

/** Versions with an interval between them, the newest a given number of days ago, for systems with their own rhythm. */
const rhythm = (versions: readonly string[], newest: number, interval: number): ReleaseTrain =>
  versions.map((version, place) => ({ version, day: ago(newest) + (place - versions.length + 1) * interval }));

const APPLE = [
  ...['17.4', '17.5', '17.6', '18.0', '18.1', '18.2', '18.3', '18.4', '18.5', '18.6', '26.0', '26.1', '26.2', '26.3'],
  ...['26.4', '26.5', '26.6', '27.0', '27.1', '27.2', '27.3', '27.4'],
];

/** When each of Apple's versions came out: some 40 days apart; 26.6 is the newest when simulations begin. */
const appleTrain: ReleaseTrain = rhythm(APPLE, -170, 40);

const familyTrains: { [Family in BrowserFamily]: ReleaseTrain } = {
  Chrome: numbered(152, -14, buildOf),
  Brave: numbered(152, -13, buildOf),
  Edge: numbered(152, -11, (major) => `${major}.0.${3500 + (major - 140) * 71}.${30 + ((major * 13) % 60)}`),
  Opera: numbered(136, -2, (major) => `${major}.0.${5500 + (major - 120) * 61}.${20 + ((major * 7) % 40)}`),
  'Samsung Internet': rhythm(['24.0', '25.0', '26.0', '27.0', '28.0', '29.0', '30.0', '31.0', '32.0'], -75, 80),
  Firefox: numbered(151, -6, (major) => `${major}.0`),
  Safari: appleTrain,
};

const osTrains: { [Os in OsName]: ReleaseTrain } = {
  // Client hints: https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11
  Windows: [
    { day: ago(2600), version: '10.0.0' },
    { day: ago(1400), version: '14.0.0' },
    { day: ago(1060), version: '15.0.0' },
    { day: ago(690), version: '19.0.0' },
    { day: ago(-30), version: '20.0.0' },
  ],
  Android: rhythm(['9', '10', '11', '12', '13', '14', '15', '16', '17'], 80, 365),
  iOS: appleTrain,
  macOS: appleTrain.map(({ day, version }) => ({ day, version: version.replace(/^17/, '14').replace(/^18/, '15') })),
  Linux: rhythm(['5.15.0', '6.1.0', '6.5.0', '6.8.0', '6.11.0', '6.14.0', '6.17.0', '7.0.0', '7.2.0'], -60, 120),
  ChromeOS: numbered(152, 0, (major) => `${16000 + (major - 130) * 31}.0.0`),
};

export const trainOfFamily = (family: BrowserFamily): ReleaseTrain => familyTrains[family];
export const trainOfOs = (os: OsName): ReleaseTrain => osTrains[os];

/** The Chromium that a browser of another maker is built on, by the day of its release. */
export const chromiumAt = (day: number): string => {
  const train = familyTrains.Chrome;
  return (train.findLast((release) => release.day <= day) ?? train[0])?.version ?? '';
};
