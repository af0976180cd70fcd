import { tabulated } from './clients/client.ts';
import type { JudgingTime } from './measure-judging.ts';
import type { Cell, Counts, Row } from './tabulate.ts';

const MARKS = { right: '', wrong: ' !', unknown: '', either: ' ~' } as const;

const counted = (detected: number, runs: number, unknown: number): string =>
  unknown === runs ? `unknown ${unknown}/${runs}` : `${detected}/${runs}${unknown > 0 ? ` ?${unknown}` : ''}`;

const shown = ({ detected, runs, unknown, verdict }: Cell): string =>
  runs === 0 ? '-' : `${counted(detected, runs, unknown)}${MARKS[verdict]}`;

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, place) => cell.padEnd(widths[place] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const failuresOf = ({ failed }: Row): number => Object.values(failed).reduce((sum, times) => sum + times, 0);

/** How often each signal was detected, and how many visits failed besides, a row for each client. */
export const confusionTable = (rows: readonly Row[]): string => {
  const head = ['client', 'failed', ...tabulated];
  const body = rows.map((row) => [
    row.client,
    String(failuresOf(row) || ''),
    ...tabulated.map((name) => shown(row.cells[name])),
  ]);
  return `${columns([head, ...body])}\n\ndetected/visits; ! not as it should be, ~ neither right nor wrong, ?n unknown in n of them; unknown in all of them claims nothing; failed visits are in no cell`;
};

const listed = (counts: Counts): string =>
  Object.entries(counts)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');

/** Why: the detectors and facts that spoke, by client. */
export const evidenceList = (rows: readonly Row[]): string =>
  rows
    .filter(({ facts }) => Object.keys(facts).length > 0)
    .map(({ client, detectors, types, facts }) => {
      const bot =
        Object.keys(detectors).length === 0 ? [] : [`  detectors: ${listed(detectors)}; types: ${listed(types)}`];
      const others = Object.entries(facts).map(([name, counts]) => `  ${name}: ${listed(counts)}`);
      return [client, ...bot, ...others].join('\n');
    })
    .join('\n');

/** Visits that came to nothing, and clients that were not started, with the reasons; empty where there are none. */
export const missingList = (rows: readonly Row[], notRun: ReadonlyMap<string, string>): string =>
  [
    ...[...notRun].map(([client, why]) => `NOT RUN ${client}: ${why}`),
    ...rows
      .filter(({ failed }) => Object.keys(failed).length > 0)
      .map(({ client, failed }) => `FAILED ${client}: ${listed(failed)}`),
  ].join('\n');

/** What judging costs. */
export const judgingLine = ({ judge, p99, stringify, ratio }: JudgingTime): string =>
  `all signals of an event are judged in ${judge} µs (median; 99th percentile ${p99}), ${ratio} of what writing it as JSON takes (${stringify} µs)`;
