import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { WORKSPACE } from '../../packages/server/src/storage/testing/sample-event.ts';
import { BATCH, batchOf, type Crowd, crowdsFor } from './crowds.ts';
import { type DatabaseName, databases } from './databases.ts';
import { Meter } from './meter.ts';
import { asActivity, asRecall } from './questions.ts';

const HELP = `What the store costs an event, against a floor in the same run: the event's JSON, deflated, appended to one table of the
same kind of database. SQLite waits for the disk at every commit; the PostgreSQL is the tests' own and does not. Times are
microseconds an event; those of PostgreSQL's own processes count in wall-clock time only.
--batches <n> commits of ${BATCH} events for each crowd (default 300), --out <file> writes the figures as JSON.`;

const START = Date.UTC(2025, 5, 15, 3);

type Times = { processor: number; wall: number };
type Figures = Record<'recall' | 'activity' | 'record' | 'floor' | 'event', Times> & {
  bytesPerEvent: number;
  ratio: number;
};

const measure = async (name: DatabaseName, crowd: Crowd, batches: number): Promise<Figures> => {
  const { store, floor, finish } = await databases[name]();
  const meters = {
    recall: new Meter(),
    activity: new Meter(),
    record: new Meter(),
    floor: new Meter(),
    event: new Meter(),
  };
  const ids: string[] = [];
  let bytes = Number.NaN;
  try {
    await store.migrate();
    for (let batch = 0; batch < batches; batch++) {
      const records = batchOf(crowd, START + batch * 50);
      await meters.recall.of(() => store.recall(records.map(asRecall)));
      await meters.activity.of(() => store.activity(records.map(asActivity)));
      await meters.record.of(() => store.record(records));
      await meters.floor.of(() => floor.append(records));
      ids.push(records[0]?.event.id ?? '');
    }
    for (const id of ids) await meters.event.of(() => store.event({ workspaceId: WORKSPACE }, id));
  } finally {
    bytes = await finish();
  }
  const events = BATCH * batches;
  const [recall, activity, record, base] = [
    meters.recall.each(events),
    meters.activity.each(events),
    meters.record.each(events),
    meters.floor.each(events),
  ];
  return {
    recall,
    activity,
    record,
    floor: base,
    event: meters.event.each(ids.length),
    bytesPerEvent: Math.round(bytes / events),
    ratio: Math.round((10 * (recall.wall + activity.wall + record.wall)) / base.wall) / 10,
  };
};

const shown = ({ processor, wall }: Times): string => `${processor} (${wall})`;

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      batches: { type: 'string', default: '300' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const batches = Number(values.batches);
  if (!Number.isInteger(batches) || batches < 1) throw new RangeError('--batches takes a whole number above 0');

  const figures: Record<string, Record<string, Figures>> = {};
  for (const [crowdName, crowd] of Object.entries(crowdsFor(batches))) {
    const ofCrowd: Record<string, Figures> = {};
    for (const name of Object.keys(databases) as DatabaseName[]) {
      process.stderr.write(`${crowdName}, ${name} …\n`);
      ofCrowd[name] = await measure(name, crowd, batches);
    }
    figures[crowdName] = ofCrowd;
    console.log(`\n${crowdName}: microseconds of processor (wall-clock) time an event`);
    console.table(
      Object.fromEntries(
        Object.entries(ofCrowd).map(([name, { recall, activity, record, floor, event, bytesPerEvent, ratio }]) => [
          name,
          {
            recall: shown(recall),
            activity: shown(activity),
            record: shown(record),
            floor: shown(floor),
            'times the floor': ratio,
            event: shown(event),
            'bytes an event': bytesPerEvent,
          },
        ]),
      ),
    );
  }
  if (values.out === undefined) return;
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`;
  await writeFile(values.out, `${JSON.stringify({ commit, machine, batches, figures }, null, 2)}\n`);
};

await main();
