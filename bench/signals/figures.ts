import { tabulated } from './clients/client.ts';
import type { JudgingTime } from './measure-judging.ts';
import type { Cell, Counts, Row } from './tabulate.ts';

/** What is claimed of one signal of one client; `unknown` only where there were such visits. */
export type Figure = { detected: number; runs: number; unknown?: number };

const cellsOf = (rows: readonly Row[]): [string, Cell][] =>
  tabulated.flatMap((signal) =>
    rows
      .filter(({ cells }) => cells[signal].runs > 0)
      .map(({ client, cells }): [string, Cell] => [`${signal}.${client}`, cells[signal]]),
  );

const figureOf = ({ detected, runs, unknown }: Cell): Figure => ({
  detected,
  runs,
  ...(unknown > 0 ? { unknown } : {}),
});

const timesOf = ({ judge, p99, ratio }: JudgingTime): Record<string, number> => ({
  judgeMicroseconds: judge,
  judgeMicrosecondsP99: p99,
  judgeAgainstStringify: ratio,
});

/** What is written of a run. */
export type Report = {
  /** By `<signal>.<client>` what is claimed, and how long judging takes. */
  figures: Record<string, Figure | number>;
  /** Cells of which nothing is claimed, for the signal was unknown in every visit, with their visits. */
  unknown: Record<string, number>;
  /** Visits that came to nothing, by client and reason; they are in no figure. */
  failed: Record<string, Counts>;
  /** Clients that this machine does not have, with the reason. */
  notRun: Record<string, string>;
  /** By client the detectors and facts that spoke. */
  why: Record<string, Pick<Row, 'detectors' | 'facts'>>;
};

/** The rows of a run as they are written; cells without a visit are left out. */
export const reportOf = (
  rows: readonly Row[],
  notRun: ReadonlyMap<string, string>,
  judging: JudgingTime | undefined,
): Report => {
  const cells = cellsOf(rows);
  const claimed = cells.filter(([, { verdict }]) => verdict !== 'unknown');
  const unclaimed = cells.filter(([, { verdict }]) => verdict === 'unknown');
  return {
    figures: {
      ...Object.fromEntries(claimed.map(([name, cell]) => [name, figureOf(cell)])),
      ...(judging === undefined ? {} : timesOf(judging)),
    },
    unknown: Object.fromEntries(unclaimed.map(([name, { runs }]) => [name, runs])),
    failed: Object.fromEntries(
      rows.filter(({ failed }) => Object.keys(failed).length > 0).map(({ client, failed }) => [client, failed]),
    ),
    notRun: Object.fromEntries(notRun),
    why: Object.fromEntries(rows.map(({ client, detectors, facts }) => [client, { detectors, facts }])),
  };
};
