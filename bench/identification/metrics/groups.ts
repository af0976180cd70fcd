import type { SimulatedVisit } from '../visits/simulated-visit.ts';

/** The groups that figures are told of, each visit in one or more. ChromeOS is counted with Linux. */
export const groupNames = [
  'all',
  'Windows',
  'Windows outside fleets',
  'fleets',
  'Android',
  'iOS',
  'macOS',
  'Linux',
  'crowds',
] as const;
export type GroupName = (typeof groupNames)[number];

/** The systems among the groups. */
export const systemNames = ['Windows', 'Android', 'iOS', 'macOS', 'Linux'] as const;

/** Browsers of one make, kind and system that are known already, from which on a visit counts as one out of a crowd. */
export const CROWD = 50;

const bitOf = (name: GroupName): number => 1 << groupNames.indexOf(name);

/** The groups of a visit as a set of bits. `alike`: browsers known before that show the same make, kind and system. */
export const groupsOf = ({ os, fleet }: Pick<SimulatedVisit, 'os' | 'fleet'>, alike: number): number => {
  const system = os === 'ChromeOS' ? 'Linux' : os;
  const fleets = fleet !== null ? bitOf('fleets') : system === 'Windows' ? bitOf('Windows outside fleets') : 0;
  return bitOf('all') | bitOf(system) | fleets | (fleet === null && alike >= CROWD ? bitOf('crowds') : 0);
};

/** Whether a set of bits has a group. */
export const isIn = (groups: number, name: GroupName): boolean => (groups & bitOf(name)) !== 0;
