import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { writeKnowledge } from '@whorl/engine';
import { ProgressLine } from './contest/progress-line.ts';
import { learn } from './contest/train.ts';
import { scenarios } from './scenario.ts';

const SHIPPED = new URL('../../packages/server/data/identity-knowledge.json', import.meta.url);

/** Browsers of each world that is learnt from. */
const BROWSERS = 20_000;
const DAYS = 90;

const HELP = `Learns what the server is shipped with: how attributes behave, how common new values are, and what scores stand
for. From simulated visits of the scenario web-mix, by seeds for tuning; the same options write the same file.

  npm run learn:identities -- [options]

  --visitors <n>   browsers of each world (default ${BROWSERS}; about five minutes)
  --out <file>     default: packages/server/data/identity-knowledge.json
  --help           this text`;

const { values } = parseArgs({
  options: { visitors: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } },
});
const visitors = Number(values.visitors ?? BROWSERS);

if (values.help === true) console.log(HELP);
else if (!Number.isSafeInteger(visitors) || visitors < 1_000) {
  console.error(`--visitors must be a whole number of 1000 or more, not ${values.visitors}`);
  process.exitCode = 2;
} else {
  const line = new ProgressLine();
  const knowledge = learn(scenarios['web-mix'], DAYS, { weights: visitors, curves: visitors }, (part) =>
    line.part(part),
  );
  const json = `${writeKnowledge(knowledge)}\n`;
  await writeFile(values.out ?? SHIPPED, json);
  console.log(`${Object.keys(knowledge.systems).length} systems, ${Math.round(json.length / 1024)} kB`);
}
