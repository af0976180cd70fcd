import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packAddress } from '../pack-address.ts';
import { tailOf } from '../request-id.ts';
import { sampleEdgeEvent } from '../testing/sample-edge-event.ts';
import { NOON, randomText, WORKSPACE } from '../testing/sample-event.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { foundIn, type Trace } from './testing/traces.ts';

describe('eraseEdge in SQLite', { timeout: 60_000 }, () => {
  let directory = '';

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-edge-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('leaves no byte of what it erased in any file, and all of the others', async () => {
    const store = await openSqliteStore(directory);
    await store.migrate();
    const events = Array.from({ length: 300 }, (_, at) =>
      sampleEdgeEvent({
        time: NOON + at,
        ip: at % 10 === 0 ? '203.0.113.9' : '198.51.100.17',
        linkedId: `linked-${randomText(12)}`,
        url: `https://shop.example/${randomText(100 + (at % 7) * 400)}`,
      }),
    );
    for (let at = 0; at < events.length; at += 30) await store.recordEdge(events.slice(at, at + 30));
    const traces = events.flatMap(({ id, ip, linkedId = '' }, at): Trace[] => [
      [`linked id ${at % 10 === 0}`, Buffer.from(linkedId)],
      [`tail ${at % 10 === 0}`, Buffer.from(tailOf(id))],
      [`address ${at % 10 === 0}`, packAddress(ip)],
    ]);
    const ofOthers = ['linked id false', 'tail false', 'address false'];
    const ofErased = ['linked id true', 'tail true', 'address true'];
    try {
      expect(foundIn(directory, traces).sort()).toEqual([...ofErased, ...ofOthers].sort());
      expect(await store.eraseEdge(WORKSPACE, { network: '203.0.113.9/32' })).toBe(30);
      expect(foundIn(directory, traces).sort()).toEqual(ofOthers.sort());
    } finally {
      await store.close();
    }
  });
});
