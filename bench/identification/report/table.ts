import { contestantNames } from '../contest/contestants.ts';
import { type GroupName, groupNames } from '../metrics/groups.ts';
import type { Results } from './figures.ts';

const percent = (value: number | null): string => (value === null ? '–' : (value * 100).toFixed(2));
const days = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

/** Lines with columns as wide as their widest cell; numbers to the right. */
export const inColumns = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
};

const HEAD = ['', 'recognised', 'first id', 'false merges', 'first merges', 'of new', 'ECE', 'B³ prec.', 'B³ recall'];
const MORE = ['ids each', 'longest d', 'mean d', 'ownership', 'p50 µs', 'p99 µs', 'kB each'];

const KILOBYTE = 1000;

const overview = ({ summaries, bytes }: Results, visitors: number): string =>
  inColumns([
    [...HEAD, ...MORE],
    ...[...summaries].map(
      ([
        name,
        {
          groups: { all },
          linkP50,
          linkP99,
        },
      ]) => [
        contestantNames[name],
        ...[all.recognition, all.firstId, all.falseMerge, all.firstMerge, all.newcomerMerge].map(percent),
        ...[all.ece, all.bcubedPrecision, all.bcubedRecall].map(percent),
        all.idsPerBrowser?.toFixed(2) ?? '–',
        ...[all.longestDays, all.meanDays].map(days),
        percent(all.ownership),
        linkP50.toFixed(0),
        linkP99.toFixed(0),
        ((bytes.get(name) ?? 0) / visitors / KILOBYTE).toFixed(1),
      ],
    ),
  ]);

const byGroup = ({ summaries }: Results, title: string, of: 'recognition' | 'falseMerge' | 'firstMerge'): string => {
  const some = [...summaries.values()][0];
  const shown = groupNames.filter((name) => (some?.groups[name].counts.visits ?? 0) > 0);
  const row = (label: string, value: (group: GroupName) => string) => [label, ...shown.map(value)];
  return inColumns([
    row(title, (name) => name),
    ...[...summaries].map(([name, { groups }]) => row(contestantNames[name], (group) => percent(groups[group][of]))),
  ]);
};

/** The figures as text: one table of all, then recognition and false merges by group. In percent but for days and times. */
export const tableOf = (results: Results, visitors: number): string =>
  [
    overview(results, visitors),
    byGroup(results, 'recognised', 'recognition'),
    byGroup(results, 'false merges', 'falseMerge'),
    byGroup(results, 'first merges', 'firstMerge'),
  ].join('\n\n');
