import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium, findFirefox, isFound } from '@whorl/testing';
import { checkPlace, commit, machine, UsageError } from '../about-run.ts';
import { ProgressLine } from '../identification/contest/progress-line.ts';
import { type Client, tabulated } from './clients/client.ts';
import { clients } from './clients/registry.ts';
import { measureJudging } from './measure-judging.ts';
import { helpFor, type Options, readOptions } from './options.ts';
import { setScene } from './set-scene.ts';
import { confusionTable, evidenceList, judgingLine, missingList } from './tables.ts';
import { type Row, tabulate } from './tabulate.ts';
import { type Outcome, type Scene, visit } from './visit.ts';

type Turn = { name: string; client: Client; run: number };

/** Clients take turns, so that a busy spell of the machine meets all of them. */
const turnsOf = (names: readonly string[], runs: number): Turn[] =>
  Array.from({ length: runs }, (_, run) =>
    names.flatMap((name) => {
      const client = clients[name];
      return client === undefined ? [] : [{ name, client, run }];
    }),
  ).flat();

const visitAll = async (names: readonly string[], options: Options, scene: Scene): Promise<Map<string, Outcome[]>> => {
  const line = new ProgressLine();
  const tell = line.part('signals');
  const turns = turnsOf(names, options.runs);
  const outcomes = new Map<string, Outcome[]>(names.map((name) => [name, []]));
  let next = 0;
  let done = 0;
  // Visits that are under way still end, and what there is by then is told; a second time ends at once.
  process.once('SIGINT', () => {
    next = turns.length;
    line.say('interrupted');
  });
  const work = async (): Promise<void> => {
    for (let turn = turns[next++]; turn !== undefined; turn = turns[next++]) {
      const { name, client, run } = turn;
      const outcome = await visit(client, `${name}-${run}`, scene);
      outcomes.get(name)?.push(outcome);
      done += 1;
      if (options.events !== undefined && 'event' in outcome) {
        await writeFile(join(options.events, `${name}-${run}.json`), `${JSON.stringify(outcome.event, null, 1)}\n`);
      }
      tell(done / turns.length, done);
    }
  };
  await Promise.all(Array.from({ length: options.together }, work));
  line.say(`${done} visits of ${names.length} clients`);
  return outcomes;
};

/** Why clients of those wanted cannot run here, by name. */
const cannotRun = async (names: readonly string[]): Promise<Map<string, string>> => {
  const reasons = await Promise.all(names.map(async (name) => [name, await clients[name]?.whyNot?.()] as const));
  return new Map(reasons.flatMap(([name, why]) => (why === undefined ? [] : [[name, why] as const])));
};

const figuresOf = (rows: readonly Row[]) =>
  Object.fromEntries(
    tabulated.flatMap((signal) =>
      rows
        .filter(({ cells }) => cells[signal].runs > 0)
        .map(({ client, cells }) => {
          const { detected, unknown, runs } = cells[signal];
          return [`${signal}.${client}`, { detected, runs, ...(unknown > 0 ? { unknown } : {}) }];
        }),
    ),
  );

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
  const events = [...outcomes.values()].flatMap(([first]) =>
    first !== undefined && 'event' in first ? first.event : [],
  );
  const judging = events.length > 0 ? measureJudging(events) : undefined;
  const minutes = Math.round((Date.now() - started) / 6_000) / 10;
  const parts = [confusionTable(rows), evidenceList(rows), missingList(rows, notRun), judging && judgingLine(judging)];
  console.log(parts.filter(Boolean).join('\n\n'));
  if (options.out === undefined) return;
  const figures = {
    ...figuresOf(rows),
    ...(judging === undefined
      ? {}
      : { judgeMicroseconds: judging.judge, judgeMicrosecondsP99: judging.p99, judgeAgainstStringify: judging.ratio }),
  };
  const why = Object.fromEntries(rows.map(({ client, detectors, facts }) => [client, { detectors, facts }]));
  const failed = Object.fromEntries(
    rows.flatMap((row) => (Object.keys(row.failed).length ? [[row.client, row.failed]] : [])),
  );
  const written = {
    ...about,
    minutes,
    elsewhere: options.elsewhere,
    figures,
    why,
    failed,
    notRun: Object.fromEntries(notRun),
  };
  await writeFile(options.out, `${JSON.stringify(written, null, 2)}\n`);
};

try {
  await main();
} catch (fault) {
  if (!(fault instanceof UsageError)) throw fault;
  console.error(fault.message);
  process.exitCode = 2;
}
