import { describe, expect, it } from 'vitest';
import { mergeRaises } from '../storage/merge-raises.ts';
import { asStored } from '../storage/packed-raises.ts';
import type { EventRecord, RecordOutcome, Store } from '../storage/store.ts';
import { machineSources } from '../testing/chromium-sources.ts';
import type { TestServer } from '../testing/test-server.ts';
import { useTestServer } from '../testing/use-test-server.ts';
import { countedFirst } from './counted-first.ts';
import { Counts } from './counts.ts';

const { server, visit } = useTestServer();

/** Notes what is recorded from now on. */
const noteRecords = ({ store }: TestServer): EventRecord[] => {
  const noted: EventRecord[] = [];
  const record = store.record.bind(store);
  store.record = async (records) => {
    const outcomes: RecordOutcome[] = await record(records);
    noted.push(...records.filter((_, at) => outcomes[at] === 'recorded'));
    return outcomes;
  };
  return noted;
};

const erase = async (visitorId: string): Promise<void> => {
  const { app, secretKey } = server();
  const headers = { 'auth-api-key': secretKey };
  const { statusCode } = await app.inject({ method: 'DELETE', url: `/visitors/${visitorId}`, headers });
  expect(statusCode).toBe(200);
};

describe('erasing a visitor from a server that counts', () => {
  it('leaves exactly the sums of what all others were counted for', async () => {
    const noted = noteRecords(server());
    const come = (who: string, ip: string) => visit({ ip, change: { sources: machineSources(who) } });
    const gone = await come('that goes', '203.0.113.61');
    await come('that stays', '203.0.113.62');
    // From another address, with another timezone, by its token: new values, habits, lines.
    const token = gone.token ?? '';
    const withToken = (ip: string, change: object = {}) =>
      visit({ ip, change: { tokens: { cookie: token }, sources: { ...machineSources('that goes'), ...change } } });
    await withToken('198.51.100.7');
    for (const at of [1, 2, 3]) await come(`of ${at} others`, '203.0.113.61');
    await withToken('203.0.113.61', { timezone: { v: 'Asia/Tokyo', d: 1 } });
    await come('that stays', '198.51.100.7');
    const its = noted.filter(({ event }) => event.identity.visitorId === gone.visitorId);
    const others = noted.filter((record) => !its.includes(record));
    expect([its.length, others.length]).toEqual([3, 5]);
    const raisesOf = (records: readonly EventRecord[]) =>
      mergeRaises(records.flatMap(({ lesson, event }) => asStored(lesson?.raises ?? [], event.time)));
    const expected = new Map(raisesOf(others).map(({ key, by }) => [key, by]));
    const keys = raisesOf(noted).map(({ key }) => key);
    expect(keys.filter((key) => !expected.has(key)).length).toBeGreaterThan(20);
    await erase(gone.visitorId);
    const left = await server().store.readCounts(keys);
    left.forEach((sum, at) => {
      const of = expected.get(keys[at] ?? 0);
      if (of === undefined) expect(sum).toBe(0);
      else expect(sum / of).toBeCloseTo(1, 12);
    });
  });
});

describe('countedFirst', () => {
  const NOON = Date.UTC(2026, 10, 23, 12);

  /** The store of the server, whose erasing does this besides. */
  const whileErasing = (besides: () => Promise<void>): Store =>
    Object.assign(Object.create(server().store) as Store, {
      eraseVisitor: async () => {
        await besides();
        return true;
      },
    });

  it('writes what was raised before it erases, and what was raised meanwhile before it answers', async () => {
    const { store } = server();
    const counts = new Counts(store);
    const sums: number[] = [];
    const erasing = whileErasing(async () => {
      sums.push(...(await store.readCounts([1, 2])));
      counts.raise([{ key: 2, by: 1 }], NOON);
    });
    counts.raise([{ key: 1, by: 1 }], NOON);
    expect(await countedFirst(erasing, counts).eraseVisitor('', '')).toBe(true);
    const [one = 0] = sums;
    expect(sums).toEqual([one, 0]);
    expect(one).toBeGreaterThan(0);
    expect(await store.readCounts([1, 2])).toEqual([one, one]);
  });

  it('counts by what is left as soon as it has erased', async () => {
    const { store } = server();
    const counts = new Counts(store);
    const raised = asStored([{ key: 3, by: 5 }], NOON);
    await store.raiseCounts(raised);
    await counts.prepare([3], NOON);
    expect(counts.at(NOON)(3)).toBeCloseTo(5, 9);
    const erasing = whileErasing(() => store.raiseCounts(asStored([{ key: 3, by: -4 }], NOON)));
    await countedFirst(erasing, counts).eraseVisitor('', '');
    await counts.prepare([3], NOON);
    expect(counts.at(NOON)(3)).toBeCloseTo(1, 9);
  });
});
