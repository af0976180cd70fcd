import { parseArgs } from 'node:util';
import { reportSeeds, type ScenarioName, scenarios } from '../scenario.ts';
import { type ContestantName, contestantNames } from './contestants.ts';

export const HELP = `Recognition of simulated visitors: Whorl, five baselines and two oracles over the same visits, in one pass.

  npm run bench:identification -- [options]

  --scenario <name>    ${Object.keys(scenarios).join(', ')} (default web-mix)
  --visitors <n>       browsers that take part (default 10000)
  --days <n>           how long the visits go on (default 90)
  --seed <n>           of the simulated world (default ${reportSeeds[0]}, a seed for reports; seeds for tuning are 1 to 5)
  --matchers <names>   of ${Object.keys(contestantNames).join(', ')}
                       (default all)
  --tokens <mode>      withheld (default): nobody but cookie and whorl-tokens is handed tokens; on: all but the oracles
  --strict             whorl, whorl-tokens and the oracles link at .95 in place of .8
  --learn <n>          browsers of the world that Whorl learns from beforehand, by a seed for tuning (default 5000)
  --calibrate <n>      browsers of the world that its confidence is fitted on (default as many as take part, 20000 at most)
  --out <file>         write the figures as JSON, and beside it a page with plots (.html)
  --help               this text

The table goes to stdout, progress to stderr. Times are of the candidates in memory, not in a database.`;

export type Options = {
  scenario: ScenarioName;
  visitors: number;
  days: number;
  seed: number;
  matchers: ContestantName[];
  tokens: boolean;
  strict: boolean;
  learn: number;
  calibrate: number;
  out: string | undefined;
};

/** What cannot be read: told to the caller in one line. */
export class UsageError extends Error {}

const isOneOf = <T extends object>(table: T, name: string): name is keyof T & string => Object.hasOwn(table, name);

const MOST_VISITORS = 2 ** 24;

const wholeNumber = (name: string, text: string, least: number): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= MOST_VISITORS) return value;
  throw new UsageError(`--${name} must be a whole number from ${least} to ${MOST_VISITORS}, not ${text}`);
};

const matchersOf = (text: string): ContestantName[] =>
  [...new Set(text.split(','))].map((name) => {
    if (isOneOf(contestantNames, name)) return name;
    throw new UsageError(`--matchers: no ${name} among ${Object.keys(contestantNames).join(', ')}`);
  });

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: { ...text, default: 'web-mix' },
        visitors: { ...text, default: '10000' },
        days: { ...text, default: '90' },
        seed: { ...text, default: String(reportSeeds[0]) },
        matchers: { ...text, default: Object.keys(contestantNames).join(',') },
        tokens: { ...text, default: 'withheld' },
        learn: { ...text, default: '5000' },
        calibrate: text,
        out: text,
        strict: flag,
        help: flag,
      },
    }).values;
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
};

/** Reads the command line; `help` where only the text is wanted. Throws a {@link UsageError}. */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const values = parse(args);
  if (values.help) return 'help';
  const { scenario, tokens, strict, out } = values;
  if (!isOneOf(scenarios, scenario)) throw new UsageError(`--scenario: ${Object.keys(scenarios).join(', ')}`);
  if (tokens !== 'on' && tokens !== 'withheld') throw new UsageError('--tokens: on or withheld');
  const visitors = wholeNumber('visitors', values.visitors, 100);
  return {
    scenario,
    visitors,
    days: wholeNumber('days', values.days, 1),
    seed: wholeNumber('seed', values.seed, 0),
    matchers: matchersOf(values.matchers),
    tokens: tokens === 'on',
    strict,
    // A small world does not show each system often enough to learn from.
    learn: wholeNumber('learn', values.learn, 500),
    calibrate: wholeNumber('calibrate', values.calibrate ?? String(Math.max(500, Math.min(visitors, 20_000))), 500),
    out,
  };
};
