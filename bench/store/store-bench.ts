import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../packages/server/src/storage/open-store.ts';
import { BUCKETS, makeRequestId } from '../../packages/server/src/storage/request-id.ts';
import type { EventRecord, Store } from '../../packages/server/src/storage/store.ts';
import { randomText, sampleRecord, WORKSPACE } from '../../packages/server/src/storage/testing/sample-event.ts';

const BATCH = 64;
const BATCHES = 400;
const START = Date.UTC(2025, 5, 15, 3);

/** Microseconds each of `count` takes. */
const timed = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return ((performance.now() - started) * 1000) / count;
};

/** Attributes that bring the event to about the size of a real one, and compress as well as one. */
const attributes = (): EventRecord['event']['attributes'] =>
  Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `attribute${at}`,
      { value: at % 3 === 0 ? randomText(12) : ['some', 'ordinary', at, true], duration: 0.4 },
    ]),
  );

type Crowd = { visitors: string[]; ips: string[]; linkedId: () => string | undefined };

const batchOf = (crowd: Crowd, time: number, size = BATCH): EventRecord[] => {
  const bucket = Math.floor(Math.random() * BUCKETS);
  return Array.from({ length: size }, () => {
    const pick = (from: string[]) => from[Math.floor(Math.random() * from.length)] ?? '';
    const linkedId = crowd.linkedId();
    const features = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`feature${at}`, randomText(8)]));
    return sampleRecord(
      {
        time,
        id: makeRequestId(time, bucket, randomBytes(8)),
        visitorId: pick(crowd.visitors),
        ip: pick(crowd.ips),
        attributes: attributes(),
        ...(linkedId === undefined ? {} : { linkedId }),
      },
      { profile: { features, keys: [randomBytes(8).toString('hex')] } },
    );
  });
};

const asRequest = ({ event, country }: EventRecord) => ({
  workspaceId: WORKSPACE,
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

const addresses = (count: number): string[] => Array.from({ length: count }, () => [...randomBytes(4)].join('.'));

const crowds: Record<string, () => Crowd> = {
  'new visitors': () => ({
    visitors: Array.from({ length: BATCH * BATCHES }, () => randomText(20)),
    ips: addresses(5_000),
    linkedId: () => undefined,
  }),
  'returning visitors, linked ids': () => ({
    visitors: Array.from({ length: 3_000 }, () => randomText(20)),
    ips: addresses(3_000),
    linkedId: () => `customer-${Math.floor(Math.random() * 3_000)}`,
  }),
  'one address, one linked id': () => ({
    visitors: Array.from({ length: BATCH * BATCHES }, () => randomText(20)),
    ips: ['203.0.113.7'],
    linkedId: () => 'guest',
  }),
};

const run = async (name: string, crowd: Crowd, store: Store, directory: string): Promise<void> => {
  const spent = { recall: [] as number[], activity: [] as number[], record: [] as number[] };
  const ids: string[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const records = batchOf(crowd, START + batch * 50);
    spent.recall.push(await timed(BATCH, () => store.recall(records.map(asRecall))));
    spent.activity.push(await timed(BATCH, () => store.activity(records.map(asRequest))));
    spent.record.push(await timed(BATCH, () => store.record(records)));
    ids.push(records[0]?.event.id ?? '');
  }
  const event = await timed(ids.length, async () => {
    for (const id of ids) await store.event({ workspaceId: WORKSPACE }, id);
  });
  const median = (values: number[]) => (values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(1);
  const last = (values: number[]) => median(values.slice(-40));
  const bytes = readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
  console.log(
    `${name.padEnd(32)} recall ${median(spent.recall)}  activity ${median(spent.activity)} (last ${last(spent.activity)})` +
      `  record ${median(spent.record)} (last ${last(spent.record)})  event ${event.toFixed(1)}  ` +
      `${Math.round(bytes / (BATCH * BATCHES))} bytes an event`,
  );
};

console.log(`Microseconds an event, medians of ${BATCHES} batches of ${BATCH}, each batch one durable commit.`);
for (const [name, crowd] of Object.entries(crowds)) {
  const directory = mkdtempSync(join(tmpdir(), 'whorl-bench-'));
  const store = await openStore({ dataDir: directory });
  try {
    await store.migrate();
    await run(name, crowd(), store, directory);
  } finally {
    await store.close();
    rmSync(directory, { recursive: true });
  }
}
