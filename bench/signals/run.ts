import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium, findFirefox, isFound } from '@whorl/testing';
import { checkPlace, commit, machine } from '../about-run.ts';
import { ProgressLine } from '../identification/contest/progress-line.ts';
import { runBench } from '../run-bench.ts';
import { clients } from './clients/registry.ts';
import { reportOf } from './figures.ts';
import { measureJudging } from './measure-judging.ts';
import { helpFor, type Options, readOptions } from './options.ts';
import { setScene } from './set-scene.ts';
import { confusionTable, evidenceList, judgingLine, missingList } from './tables.ts';
import { tabulate } from './tabulate.ts';
import { type Turn, takeTurns } from './take-turns.ts';
import { type Outcome, type Scene, visit } from './visit.ts';

const visitAll = async (names: readonly string[], options: Options, scene: Scene): Promise<Map<string, Outcome[]>> => {
  const line = new ProgressLine();
  const tell = line.part('signals');
  const interrupt = new AbortController();
  // Visits that are under way still end, and what there is by then is told; a second time ends at once.
  process.once('SIGINT', () => {
    interrupt.abort();
    line.say('interrupted');
  });
  const take = async ({ name, visit: number }: Turn): Promise<Outcome> => {
    const client = clients[name];
    if (client === undefined) throw new Error(`there is no client ${name}`);
    const outcome = await visit(client, `${name}-${number}`, scene);
    if (options.events !== undefined && 'event' in outcome) {
      await writeFile(join(options.events, `${name}-${number}.json`), `${JSON.stringify(outcome.event, null, 1)}\n`);
    }
    return outcome;
  };
  const outcomes = await takeTurns({
    names,
    runs: options.runs,
    together: options.together,
    take,
    hasFailed: (outcome) => 'failed' in outcome,
    tell: (done, all) => tell(done / all, done),
    signal: interrupt.signal,
  });
  line.say(`${[...outcomes.values()].flat().length} visits of ${names.length} clients`);
  return outcomes;
};

/** Why clients of those wanted cannot run here, by name. */
const cannotRun = async (names: readonly string[]): Promise<Map<string, string>> => {
  const reasons = await Promise.all(names.map(async (name) => [name, await clients[name]?.whyNot?.()] as const));
  return new Map(reasons.flatMap(([name, why]) => (why === undefined ? [] : [[name, why] as const])));
};

const browsers = async (): Promise<string> => {
  const [chromium, firefox] = [await findChromium(), await findFirefox()];
  return `Chromium ${chromium.version}, ${isFound(firefox) ? `Firefox ${firefox.version}` : 'no Firefox'}`;
};

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2), Object.keys(clients));
  if (options === 'help') return console.log(helpFor(Object.keys(clients)));
  if (options.out !== undefined) await checkPlace(options.out);
  if (options.events !== undefined) await mkdir(options.events, { recursive: true });
  const about = { commit: commit(), machine: `${machine()}, ${await browsers()}` };
  const started = Date.now();
  const notRun = await cannotRun(options.clients);
  const names = options.clients.filter((name) => !notRun.has(name));
  const scene = await setScene(options.elsewhere);
  const outcomes = await visitAll(names, options, scene).finally(scene.leave);
  const rows = names.flatMap((name) => {
    const client = clients[name];
    return client === undefined ? [] : [tabulate(name, client, outcomes.get(name) ?? [])];
  });
  const events = [...outcomes.values()].flatMap((all) => all.find((outcome) => 'event' in outcome)?.event ?? []);
  const judging = events.length > 0 ? measureJudging(events) : undefined;
  const minutes = Math.round((Date.now() - started) / 6_000) / 10;
  const parts = [confusionTable(rows), evidenceList(rows), missingList(rows, notRun), judging && judgingLine(judging)];
  console.log(parts.filter(Boolean).join('\n\n'));
  if (options.out === undefined) return;
  const written = { ...about, minutes, elsewhere: options.elsewhere, ...reportOf(rows, notRun, judging) };
  await writeFile(options.out, `${JSON.stringify(written, null, 2)}\n`);
};

await runBench(main);
