import { parseArgs } from 'node:util';
import { judgePopulation } from './judging/judge-population.ts';
import { reportSeeds, scenarios } from './scenario.ts';
import { simulate } from './visits/simulation.ts';

const HELP = `What rareDevice and tampering say of the simulated population, of which nobody tampers. The population is drawn from
browsers as they were recorded, and a few of those claim another system than they run on.

  npm run build && node scripts/run-ts.mjs bench/identification/judge-population.ts [options]

  --visitors <n>    browsers (default 20000; about a minute)
  --scenario <s>    ${Object.keys(scenarios).join(', ')} (default web-mix)
  --help            this text`;

const { values } = parseArgs({
  options: { visitors: { type: 'string' }, scenario: { type: 'string' }, help: { type: 'boolean' } },
});
const visitors = Number(values.visitors ?? 20_000);
const scenario = Object.values(scenarios).find(({ name }) => name === (values.scenario ?? 'web-mix'));

if (values.help === true) console.log(HELP);
else if (!Number.isSafeInteger(visitors) || visitors < 2_000 || scenario === undefined) {
  console.error('--visitors must be a whole number of 2000 or more, and --scenario one that there is');
  process.exitCode = 2;
} else {
  const judged = judgePopulation(simulate(scenario, { visitors, seed: reportSeeds[0], days: 30 }));
  for (const [which, { visits, buckets, contradictions, ...counts }] of Object.entries(judged)) {
    const percent = ([name, count]: [string, number]) => `  ${name.padEnd(14)} ${((100 * count) / visits).toFixed(3)}%`;
    console.log([`${which}: ${visits}`, ...Object.entries({ ...buckets, ...counts }).map(percent)].join('\n'));
    for (const [fact, count] of Object.entries(contradictions)) console.log(`  ${count} visits: ${fact}`);
  }
}
