import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { type Contestant, enter, type World } from './contest/contestants.ts';
import { heapOf } from './contest/heap-of.ts';
import { holdContest } from './contest/hold-contest.ts';
import { HELP, type Options, readOptions, UsageError } from './contest/options.ts';
import { ProgressLine } from './contest/progress-line.ts';
import { train } from './contest/train.ts';
import { summarise } from './metrics/summarise.ts';
import { figuresOf, type Results } from './report/figures.ts';
import { pageOf } from './report/page.ts';
import { tableOf } from './report/table.ts';
import { scenarios } from './scenario.ts';
import { simulate } from './visits/simulation.ts';

const lazily = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const run = (options: Options): Results => {
  const { visitors, days, seed, learn, calibrate } = options;
  const scenario = scenarios[options.scenario];
  const line = new ProgressLine();
  const model = lazily(() => {
    const made = train(scenario, days, { weights: learn, curves: calibrate });
    line.say('learnt from worlds for tuning');
    return made;
  });
  const world: World = { ...options, scenario, model };
  const contestants: Contestant[] = options.matchers.map((name) => enter(name, world));
  const visits = simulate(scenario, { visitors, days, seed });
  const { journal, answers } = holdContest(contestants, visits, days, (share, count) => line.tell(share, count));
  line.say(`replayed ${journal.length.toLocaleString('en-US')} visits`);
  const bytes = heapOf(contestants, ({ name }) => name);
  const summaries = new Map([...answers].map(([name, said]) => [name, summarise(journal, said)]));
  line.say('counted');
  return { summaries, bytes };
};

const aboutThisRun = ({ scenario, visitors, days, seed, tokens, strict }: Options) => ({
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`,
  scenario,
  visitors,
  days,
  seed,
  tokens: tokens ? 'on' : 'withheld',
  strict,
  index: 'memory',
});

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') return console.log(HELP);
  const about = aboutThisRun(options);
  const results = run(options);
  console.log(
    `${about.scenario}, ${about.visitors} browsers, ${about.days} days, seed ${about.seed}; percent, but for days, times and sizes\n`,
  );
  console.log(tableOf(results, options.visitors));
  if (options.out === undefined) return;
  const figures = figuresOf(results, options.visitors);
  await writeFile(options.out, `${JSON.stringify({ ...about, figures }, null, 2)}\n`);
  await writeFile(options.out.replace(/(\.json)?$/, '.html'), pageOf(about, results, figures, options.visitors));
};

try {
  await main();
} catch (fault) {
  if (!(fault instanceof UsageError)) throw fault;
  console.error(fault.message);
  process.exitCode = 2;
}
