import type { Counts } from '../metrics/counts.ts';
import { type GroupName, groupNames } from '../metrics/groups.ts';
import type { Results } from './figures.ts';

/** The groups of which somebody has counted something, in their order. */
export const groupsWith = (summaries: Results['summaries'], count: (counts: Counts) => number): GroupName[] =>
  groupNames.filter((name) => [...summaries.values()].some(({ groups }) => count(groups[name].counts) > 0));
