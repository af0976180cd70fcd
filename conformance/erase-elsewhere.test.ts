import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { launchDriven, type RunningPostgres, type RunningWhorl, startPostgres, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../packages/server/src/storage/open-store.ts';
import { ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { officialClient } from './official-client.ts';
import { startSite } from './site.ts';
import { postgresRows, sqliteRows } from './stored-bytes.ts';

const ENV = { WHORL_TRUSTED_PROXIES: 'loopback' };

/** A server writes every second what visits were counted for: when nothing has changed for so long, all of it is written. */
const WRITTEN = 2_500;

/** Less than a billionth is nothing: the rounding of sums. */
const FAINTEST = 1e-9;

let observation: Observation;

beforeAll(async () => {
  const whorl = await startWhorl();
  const [site, browser] = await Promise.all([startSite(whorl), launchDriven()]);
  observation = await recordObservation(await browser.newPage(), site);
  await Promise.all([browser.close(), site.stop(), whorl.stop()]);
});

describe.sequential.each(['SQLite', 'PostgreSQL'] as const)('a visitor that another process erases on %s', (kind) => {
  let postgres: RunningPostgres | undefined;
  let url: string | undefined;
  let whorl: RunningWhorl;
  /** Another server on the same database, where there can be one. */
  let beside: RunningWhorl | undefined;

  beforeAll(async () => {
    if (kind === 'SQLite') whorl = await startWhorl({ env: ENV });
    else {
      postgres = await startPostgres();
      ({ url } = await postgres.createDatabase());
      whorl = await startWhorl({ env: ENV, databaseUrl: url });
      const keys = { WHORL_PUBLIC_KEY: whorl.publicKey, WHORL_SECRET_KEY: whorl.secretKey };
      beside = await startWhorl({ env: { ...ENV, ...keys }, databaseUrl: url });
    }
  });
  afterAll(async () => {
    await Promise.all([whorl?.stop(), beside?.stop()]);
    await postgres?.stop();
  });

  /** Every sum that is stored. */
  const sums = async (): Promise<Map<string, number>> => {
    const rows = url === undefined ? sqliteRows(whorl.dataDir) : await postgresRows(url);
    const column = (name: string) =>
      rows
        .filter(({ where }) => /(^|\.)counts\.\w+$/.test(where) && where.endsWith(name))
        .map(({ bytes }) => `${bytes}`);
    const counts = column('.count').map(Number);
    return new Map(column('.key').map((key, at) => [key, counts[at] ?? 0]));
  };

  /** The same when nothing is on its way to them any more. */
  const settledSums = async (): Promise<Map<string, number>> => {
    let [before, now] = [new Map<string, number>(), await sums()];
    for (let look = 0; look < 20 && (now.size === 0 || !isDeepStrictEqual(now, before)); look++) {
      await sleep(WRITTEN);
      [before, now] = [now, await sums()];
    }
    return now;
  };

  const come = async (who: string, ip: string): Promise<string> => {
    const sources = {
      ...observation.sources,
      fonts: { v: [`Font of ${who}`], d: 1 },
      timezone: { v: `Zone/${who}`, d: 1 },
    };
    const headers = { 'x-forwarded-for': ip };
    const { status, body, text } = await ingestClient(whorl).observe(observation, { sources }, headers);
    expect(status, text).toBe(200);
    return (body as { visitorId: string }).visitorId;
  };

  const erase = async (visitorId: string): Promise<void> => {
    if (beside !== undefined) {
      await officialClient({ url: beside.url, secretKey: whorl.secretKey }).deleteVisitorData(visitorId);
      return;
    }
    // As the commands do, which open the file beside the server.
    const store = await openStore({ dataDir: whorl.dataDir, mustExist: true });
    for (const { id } of await store.workspaces()) await store.eraseVisitor(id, visitorId);
    await store.close();
  };

  it('leaves every sum as it was, also of what the server had not written yet', async () => {
    const known = await come('others', '81.2.69.142');
    await come('others', '89.160.20.112');
    const before = await settledSums();
    expect(before.size).toBeGreaterThan(50);
    for (const round of [1, 2, 3]) {
      const gone = await come(`one that goes ${round}`, '81.2.69.142');
      expect(gone).not.toBe(known);
      if (round === 2) expect((await settledSums()).size).toBeGreaterThan(before.size + 10);
      await erase(gone);
    }
    const after = await settledSums();
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (key) => Math.abs((after.get(key) ?? 0) - (before.get(key) ?? 0)) > FAINTEST,
    );
    expect(changed).toEqual([]);
  });
});
