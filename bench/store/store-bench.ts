import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packEvent } from '../../packages/server/src/storage/event-body.ts';
import { BUCKETS, makeRequestId } from '../../packages/server/src/storage/request-id.ts';
import { configure } from '../../packages/server/src/storage/sqlite/configure.ts';
import { openSqliteStore } from '../../packages/server/src/storage/sqlite/open-sqlite-store.ts';
import { SqliteDatabase } from '../../packages/server/src/storage/sqlite/sqlite-database.ts';
import type { EventRecord } from '../../packages/server/src/storage/store.ts';
import { randomText, sampleRecord, WORKSPACE } from '../../packages/server/src/storage/testing/sample-event.ts';

const BATCH = 64;
const BATCHES = 300;
const START = Date.UTC(2025, 5, 15, 3);

/** Adds up wall-clock and processor time, in microseconds. */
class Meter {
  #wall = 0;
  #processor = 0;

  async of<T>(work: () => T | Promise<T>): Promise<T> {
    const [wall, processor] = [performance.now(), process.cpuUsage()];
    const result = await work();
    this.#wall += (performance.now() - wall) * 1000;
    const { user, system } = process.cpuUsage(processor);
    this.#processor += user + system;
    return result;
  }

  /** Microseconds of processor and of wall-clock time for each of `count`. */
  each(count: number): string {
    return `${(this.#processor / count).toFixed(0)} (${(this.#wall / count).toFixed(0)})`;
  }
}

type Crowd = { visitors: string[]; ips: string[]; linkedId: () => string | undefined };

const pick = (from: readonly string[]): string => from[Math.floor(Math.random() * from.length)] ?? '';

/** Attributes that bring an event to about the size of a real one, and compress about as well. */
const attributes = (): EventRecord['event']['attributes'] =>
  Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `attribute${at}`,
      { value: at % 3 === 0 ? randomText(12) : ['some', 'ordinary', at, true], duration: 0.4 },
    ]),
  );

const batchOf = (crowd: Crowd, time: number): EventRecord[] => {
  const bucket = Math.floor(Math.random() * BUCKETS);
  return Array.from({ length: BATCH }, () => {
    const linkedId = crowd.linkedId();
    const features = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`feature${at}`, randomText(8)]));
    const traits = { time, id: makeRequestId(time, bucket, randomBytes(8)), attributes: attributes() };
    return sampleRecord(
      {
        ...traits,
        visitorId: pick(crowd.visitors),
        ip: pick(crowd.ips),
        ...(linkedId === undefined ? {} : { linkedId }),
      },
      { profile: { features, keys: [randomBytes(8).toString('hex')] } },
    );
  });
};

const asActivity = ({ event, country, scope }: EventRecord) => ({
  workspaceId: WORKSPACE,
  scope,
  visitorId: event.identity.visitorId,
  ip: event.ip,
  linkedId: event.linkedId ?? null,
  country,
  time: event.time,
});

const asRecall = ({ event, profile, nonce, bodyHash, sightingKey }: EventRecord) => ({
  workspaceId: WORKSPACE,
  visitorIds: [event.identity.visitorId],
  keys: profile?.keys ?? [],
  nonce: nonce ?? '',
  bodyHash,
  sightingKey,
});

const texts = (count: number) => Array.from({ length: count }, () => randomText(20));
const addresses = (count: number) => Array.from({ length: count }, () => [...randomBytes(4)].join('.'));

const crowds: Record<string, Crowd> = {
  'new visitors': { visitors: texts(BATCH * BATCHES * 4), ips: addresses(5_000), linkedId: () => undefined },
  'returning visitors, linked ids': {
    visitors: texts(3_000),
    ips: addresses(3_000),
    linkedId: () => `customer-${Math.floor(Math.random() * 3_000)}`,
  },
  'one address, one linked id': {
    visitors: texts(BATCH * BATCHES * 4),
    ips: ['203.0.113.7'],
    linkedId: () => 'guest',
  },
};

/** What no store can do without: JSON, deflated, appended to one table, one durable commit a batch. */
const openFloor = async (directory: string) => {
  const database = new SqliteDatabase(join(directory, 'floor.db'), 1_000);
  await configure(database, 1_000);
  database.exec('CREATE TABLE bodies (row INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  return {
    append: (records: EventRecord[]) =>
      database.write(() => {
        for (const { event } of records) database.run('INSERT INTO bodies (body) VALUES (?)', packEvent(event));
      }),
    close: () => database.close(),
  };
};

const bytesOf = (directory: string): number =>
  readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);

const run = async (name: string, crowd: Crowd): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'whorl-bench-'));
  const store = await openSqliteStore(join(directory, 'store'));
  await store.migrate();
  const floor = await openFloor(directory);
  const meters = {
    recall: new Meter(),
    activity: new Meter(),
    record: new Meter(),
    event: new Meter(),
    floor: new Meter(),
  };
  const ids: string[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const records = batchOf(crowd, START + batch * 50);
    await meters.recall.of(() => store.recall(records.map(asRecall)));
    await meters.activity.of(() => store.activity(records.map(asActivity)));
    await meters.record.of(() => store.record(records));
    await meters.floor.of(() => floor.append(records));
    ids.push(records[0]?.event.id ?? '');
  }
  for (const id of ids) await meters.event.of(() => store.event({ workspaceId: WORKSPACE }, id));
  await store.close();
  floor.close();
  const events = BATCH * BATCHES;
  const figures = [
    `recall ${meters.recall.each(events)}`,
    `activity ${meters.activity.each(events)}`,
    `record ${meters.record.each(events)}`,
    `floor ${meters.floor.each(events)}`,
    `event ${meters.event.each(ids.length)}`,
    `${Math.round(bytesOf(join(directory, 'store')) / events)} bytes an event`,
  ];
  console.log(`${name.padEnd(31)} ${figures.join('  ')}`);
  rmSync(directory, { recursive: true });
};

console.log(
  `Microseconds of processor (wall-clock) time an event; ${BATCHES} batches of ${BATCH}, one durable commit each.`,
);
for (const [name, crowd] of Object.entries(crowds)) await run(name, crowd);
