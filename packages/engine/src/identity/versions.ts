import type { CountOf, Frequency, Raise } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';
import type { Portrait } from './portrait.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const VERSION = 16;
const VERSIONS = 17;

const MINUTES_A_WEEK = 7 * 1440;

/** Weeks that are looked at: this one and the one before. What was common a month ago is a laggard's version now. */
const WEEKS = [0, 1] as const;

/** As much of a visit as is asked. */
type Versioned = Pick<Portrait, 'minute' | 'kindHash' | 'browserVersion' | 'osVersion'>;

/** How common the version of the browser (0) and of the system (1) is among newcomers of its kind as of late. */
export type VersionFrequencies = readonly [Frequency, Frequency];

const which = [0, 1] as const;
const versionOf = ({ browserVersion, osVersion }: Versioned, of: 0 | 1): number =>
  of === 0 ? browserVersion : osVersion;

const weekOf = ({ minute }: Versioned): number => Math.floor(minute / MINUTES_A_WEEK);

const countKey = (visit: Versioned, of: 0 | 1, ago: number): number =>
  joinHashes(VERSION, visit.kindHash, (weekOf(visit) - ago) * 2 + of, versionOf(visit, of));
const totalKey = (visit: Versioned, of: 0 | 1, ago: number): number =>
  joinHashes(VERSIONS, visit.kindHash, (weekOf(visit) - ago) * 2 + of);

/** Keys that {@link readVersions} asks for. */
export const versionKeys = (visit: Versioned): number[] =>
  which.flatMap((of) => WEEKS.flatMap((ago) => [countKey(visit, of, ago), totalKey(visit, of, ago)]));

export const readVersions = (countOf: CountOf, visit: Versioned): VersionFrequencies => {
  const read = (of: 0 | 1): Frequency => {
    const sum = (keyOf: typeof countKey) =>
      WEEKS.reduce<number>((total, ago) => total + countOf(keyOf(visit, of, ago)), 0);
    return { count: sum(countKey), total: sum(totalKey), distinct: 0 };
  };
  return [read(0), read(1)];
};

/** What to count for a visitor that is new with a chance of `share`, 0..1. */
export const countVersions = (visit: Versioned, share: number): Raise[] =>
  which.flatMap((of) =>
    versionOf(visit, of) === 0
      ? []
      : [
          { key: countKey(visit, of, 0), by: share },
          { key: totalKey(visit, of, 0), by: share },
        ],
  );
