import { writeFile } from 'node:fs/promises';
import { readIdentityModel } from '../../packages/server/src/identity-model.ts';
import { checkPlace, commit, machine } from '../about-run.ts';
import { runBench } from '../run-bench.ts';
import { compete } from './contest/compete.ts';
import { heapOf } from './contest/heap-of.ts';
import { HELP, type Options, readOptions } from './contest/options.ts';
import { ProgressLine } from './contest/progress-line.ts';
import { figuresOf, type Results } from './report/figures.ts';
import { pageOf } from './report/page.ts';
import { linksTable, tableOf } from './report/table.ts';
import { measureLinks } from './scale/measure-links.ts';

/** What the server decides by: links are timed as it makes them. */
const SHIPPED = new URL('../../packages/server/data/identity-knowledge.json', import.meta.url);

const run = async (options: Options): Promise<Results> => {
  const line = new ProgressLine();
  const shipped = await readIdentityModel(SHIPPED);
  const links = options.sqlite.length === 0 ? [] : await measureLinks(options.sqlite, options, shipped, line);
  const { summaries, contestants } = compete(options, line, options.knowledge === 'shipped' ? shipped : undefined);
  return { summaries, links, bytes: heapOf(contestants, ({ name }) => name) };
};

const aboutThisRun = ({ scenario, visitors, days, seed, tokens, strict, knowledge }: Options) => ({
  commit: commit(),
  machine: machine(),
  scenario,
  visitors,
  days,
  seed,
  tokens: tokens ? 'on' : 'withheld',
  strict,
  knowledge,
});

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') return console.log(HELP);
  if (options.out !== undefined) await checkPlace(options.out);
  const about = aboutThisRun(options);
  const results = await run(options);
  console.log(
    `${about.scenario}, ${about.visitors} browsers, ${about.days} days, seed ${about.seed}; percent, but for days, times and sizes\n`,
  );
  console.log(tableOf(results, options.visitors));
  if (results.links.length > 0) console.log(`\n${linksTable(results.links)}`);
  if (options.leftOut.length > 0) {
    console.log(`\nleft out at this size, unless named by --matchers: ${options.leftOut.join(', ')}`);
  }
  if (options.out === undefined) return;
  const figures = figuresOf(results, options.visitors);
  await writeFile(options.out, `${JSON.stringify({ ...about, figures }, null, 2)}\n`);
  await writeFile(options.out.replace(/(\.json)?$/, '.html'), pageOf(about, results, figures, options.visitors));
};

await runBench(main);
