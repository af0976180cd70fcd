import { UsageError } from '../../about-run.ts';
import { flag, place, readArguments, text, wholeNumber } from '../../read-arguments.ts';
import { reportSeeds, type ScenarioName, scenarios } from '../scenario.ts';
import { type ContestantName, contestantNames } from './contestants.ts';

/** Visits of one browser in a day of a long replay, on average: for guessing how many there will be. */
const VISITS_A_DAY = 0.08;

/** So many visits the told oracle is asked about, by default: it weighs everybody known at each. */
const WEIGHED = 60_000;

/** Browsers above which the oracle that believes itself is left out by default: it must answer every visit. */
const MOST_ALONE = 20_000;

export const HELP = `Recognition of simulated visitors: Whorl, five baselines and three oracles over the same visits, in one pass.

  npm run bench:identification -- [options]

  --scenario <name>    ${Object.keys(scenarios).join(', ')} (default web-mix)
  --visitors <n>       browsers that take part (default 10000)
  --days <n>           how long the visits go on (default 90)
  --seed <n>           of the simulated world (default ${reportSeeds[0]}, a seed for reports; seeds for tuning are below 100)
  --matchers <names>   of ${Object.keys(contestantNames).join(', ')}
                       (default all; above ${MOST_ALONE} browsers all but oracle-alone, which takes an hour or more)
  --oracle-sample <s>  share of visits that the told oracle is asked about, above 0 and up to 1; it learns from all. By default
                       all at small sizes, else about ${WEIGHED}; figures of a sample are told with their standard errors
  --tokens <mode>      withheld (default): nobody is handed tokens but cookie and those with tokens in
                       their names; on: all but the other oracles
  --strict             whorl, with tokens and without, and the oracles link at .95 in place of .8
  --knowledge <which>  learnt (default): Whorl learns beforehand, as npm run learn:identities does; shipped: it goes by what the
                       server is shipped with
  --learn <n>          browsers of the world that Whorl learns from beforehand, by a seed for tuning (default 20000)
  --calibrate <n>      browsers of the world that its confidence is fitted on (default 20000)
  --sqlite <sizes>     measure the time of a link, and bytes a visitor, in files of SQLite with so many visitors, as in
                       10000,1000000 (a million takes about twenty minutes and 2 GB of disk); none: do not.
                       By default 10000 and as many as take part
  --out <file>         write the figures as JSON, and beside it a page with plots (.html)
  --help               this text

The table goes to stdout, progress to stderr. Times in the table are of candidates in memory, those of --sqlite of a database.`;

export type Options = {
  scenario: ScenarioName;
  visitors: number;
  days: number;
  seed: number;
  matchers: ContestantName[];
  /** Contestants that are left out by default at this size. */
  leftOut: ContestantName[];
  oracleSample: number;
  tokens: boolean;
  strict: boolean;
  /** Whether Whorl learns beforehand, or goes by what the server is shipped with. */
  knowledge: 'learnt' | 'shipped';
  learn: number;
  calibrate: number;
  /** Numbers of visitors beside which links are timed in SQLite. */
  sqlite: number[];
  out: string | undefined;
};

const isOneOf = <T extends object>(table: T, name: string): name is keyof T & string => Object.hasOwn(table, name);

const MOST_VISITORS = 2 ** 24;

const amount = (name: string, given: string, least: number): number => wholeNumber(name, given, least, MOST_VISITORS);

const matchersOf = (text: string): ContestantName[] =>
  [...new Set(text.split(','))].map((name) => {
    if (isOneOf(contestantNames, name)) return name;
    throw new UsageError(`--matchers: no '${name}' among ${Object.keys(contestantNames).join(', ')}`);
  });

/** A share in two digits that makes about {@link WEIGHED} visits; all where that is most of them. */
const usualSample = (visitors: number, days: number): number => {
  const share = WEIGHED / (visitors * days * VISITS_A_DAY);
  return share > 0.8 ? 1 : Number(share.toPrecision(2));
};

const shareOf = (name: string, text: string): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value > 0 && value <= 1) return value;
  throw new UsageError(`--${name} must be a number above 0 and up to 1, not ${text}`);
};

const everybody = Object.keys(contestantNames) as ContestantName[];

/** The fewest visitors among whom there are enough who return, and the size that others are compared with. */
const FEWEST_KNOWN = 1_000;
const FEW_KNOWN = 10_000;

const sizesOf = (text: string | undefined, visitors: number): number[] => {
  if (text === 'none') return [];
  const sizes = text?.split(',').map((size) => amount('sqlite', size, FEWEST_KNOWN));
  const usual = visitors > FEW_KNOWN ? [FEW_KNOWN, visitors] : [Math.max(visitors, FEWEST_KNOWN)];
  return [...new Set(sizes ?? usual)].sort((a, b) => a - b);
};

/** Reads the command line; `help` where only the text is wanted. Throws a {@link UsageError}. */
export const readOptions = (args: readonly string[]): Options | 'help' => {
  const values = readArguments(args, {
    scenario: { ...text, default: 'web-mix' },
    visitors: { ...text, default: '10000' },
    days: { ...text, default: '90' },
    seed: { ...text, default: String(reportSeeds[0]) },
    matchers: text,
    'oracle-sample': text,
    tokens: { ...text, default: 'withheld' },
    knowledge: { ...text, default: 'learnt' },
    learn: { ...text, default: '20000' },
    calibrate: { ...text, default: '20000' },
    sqlite: text,
    out: text,
    strict: flag,
    help: flag,
  });
  if (values.help) return 'help';
  const { scenario, tokens, strict, knowledge } = values;
  if (!isOneOf(scenarios, scenario)) throw new UsageError(`--scenario: ${Object.keys(scenarios).join(', ')}`);
  if (tokens !== 'on' && tokens !== 'withheld') throw new UsageError('--tokens: on or withheld');
  if (knowledge !== 'learnt' && knowledge !== 'shipped') throw new UsageError('--knowledge: learnt or shipped');
  const visitors = amount('visitors', values.visitors, 100);
  const days = amount('days', values.days, 1);
  const isLarge = visitors > MOST_ALONE;
  const leftOut = values.matchers === undefined && isLarge ? (['oracle-alone'] as const) : [];
  const sample = values['oracle-sample'];
  return {
    scenario,
    visitors,
    days,
    seed: amount('seed', values.seed, 0),
    matchers: matchersOf(
      values.matchers ?? everybody.filter((name) => !leftOut.some((other) => other === name)).join(','),
    ),
    leftOut: [...leftOut],
    oracleSample: sample === undefined ? usualSample(visitors, days) : shareOf('oracle-sample', sample),
    tokens: tokens === 'on',
    strict,
    knowledge,
    // A small world does not show each system often enough to learn from.
    learn: amount('learn', values.learn, 500),
    calibrate: amount('calibrate', values.calibrate, 500),
    sqlite: sizesOf(values.sqlite, visitors),
    out: place('out', values.out),
  };
};
