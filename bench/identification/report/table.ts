import { type ContestantName, contestantNames } from '../contest/contestants.ts';
import type { GroupName } from '../metrics/groups.ts';
import type { Summary } from '../metrics/summarise.ts';
import type { LinkCost } from '../scale/measure-links.ts';
import type { Results } from './figures.ts';
import { groupsWith } from './groups-with.ts';

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

/** Who was asked about a part of the visits, and how large a part; empty where all were asked about all. */
const sampled = ({ summaries }: Results): string =>
  [...summaries]
    .filter(([, { asked }]) => asked < 1)
    .map(([name, { asked }]) => `${contestantNames[name]}: asked about ${percent(asked)} % of visits, learnt from all`)
    .join('\n');

type Share = 'recognition' | 'falseMerge' | 'firstMerge';

/** One matcher's shares by group; under those of a sample their standard errors. */
const rowsOf = (
  name: ContestantName,
  { groups, asked }: Summary,
  shown: readonly GroupName[],
  of: Share,
): string[][] => {
  const shares = [contestantNames[name], ...shown.map((group) => percent(groups[group][of]))];
  if (asked >= 1 || of === 'firstMerge') return [shares];
  return [shares, ['  its standard error', ...shown.map((group) => percent(groups[group].errors[of]))]];
};

const byGroup = ({ summaries }: Results, title: string, of: Share): string => {
  const shown = groupsWith(summaries, ({ visits }) => visits);
  return inColumns([[title, ...shown], ...[...summaries].flatMap(([name, all]) => rowsOf(name, all, shown, of))]);
};

/** What became of tokens, where copied ones were brought; a line for everybody who was handed tokens. */
const tokens = ({ summaries }: Results): string => {
  const handed = [...summaries].filter(
    ([
      ,
      {
        tokens: { copied },
      },
    ]) => copied.handed > 0,
  );
  if (handed.length === 0) return '';
  return inColumns([
    ['tokens', 'own', 'followed', 'copied', 'followed', 'of like browsers', 'followed'],
    ...handed.map(
      ([
        name,
        {
          tokens: { own, copied, alike },
        },
      ]) => [
        contestantNames[name],
        ...[own, copied, alike].flatMap(({ handed: brought, followed }) => [String(brought), percent(followed)]),
      ],
    ),
  ]);
};

/** The figures as text: one table of all, then recognition and false merges by group, then tokens. In percent but for days and times. */
export const tableOf = (results: Results, visitors: number): string =>
  [
    overview(results, visitors),
    sampled(results),
    byGroup(results, 'recognised', 'recognition'),
    byGroup(results, 'false merges', 'falseMerge'),
    byGroup(results, 'first merges', 'firstMerge'),
    tokens(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

/** What links cost in SQLite: a line for each number of visitors known. */
export const linksTable = (links: readonly LinkCost[]): string =>
  inColumns([
    ['links in SQLite beside', 'p50 ms', 'p99 ms', 'compared', 'bytes a visitor'],
    ...links.map(({ visitors, p50, p99, compared, bytesPerVisitor }) => [
      `${visitors.toLocaleString('en-US')} visitors`,
      p50.toFixed(2),
      p99.toFixed(2),
      compared.toFixed(1),
      bytesPerVisitor.toFixed(0),
    ]),
  ]);
