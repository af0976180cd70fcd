import { readdir } from 'node:fs/promises';
import {
  type Browser,
  launchDriven,
  type RunningPostgres,
  type RunningWhorl,
  startPostgres,
  startWhorl,
  type TestDatabase,
} from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { officialClient } from './official-client.ts';
import { type Site, startSite } from './site.ts';

describe('a server on PostgreSQL', () => {
  let postgres: RunningPostgres;
  let database: TestDatabase;
  let whorl: RunningWhorl;
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    postgres = await startPostgres();
    database = await postgres.createDatabase();
    whorl = await startWhorl({ databaseUrl: database.url });
    site = await startSite(whorl);
    browser = await launchDriven();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await whorl?.stop();
    await database?.drop();
    await postgres?.stop();
  });

  it('takes visits of a browser, and the official SDK reads, finds, changes and erases them', async () => {
    const page = await browser.newPage();
    const first = await site.visit(page, { linkedId: 'account 42' });
    const second = await site.visit(page);
    expect(second).toMatchObject({ visitorId: first.visitorId, visitorFound: true });

    const client = officialClient(whorl);
    const event = await client.getEvent(first.requestId);
    expect(event.products.identification?.data).toMatchObject({ ...first, linkedId: 'account 42', url: site.url });
    expect((await client.getEvent(second.requestId)).products.velocity?.data?.events.intervals).toMatchObject({
      '24h': 2,
    });
    const found = await client.searchEvents({ limit: 10, visitor_id: first.visitorId, linked_id: 'account 42' });
    expect(found.events?.map(({ products }) => products?.identification?.data?.requestId)).toEqual([first.requestId]);

    await client.updateEvent({ suspect: true }, second.requestId);
    expect((await client.getEvent(second.requestId)).products.identification?.data?.suspect).toBe(true);
    await client.deleteVisitorData(first.visitorId);
    await expect(client.getEvent(first.requestId)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('has everything after it was killed, and nothing in its data folder', async () => {
    const page = await browser.newPage();
    const { requestId } = await site.visit(page);
    await whorl.kill();
    await whorl.restart();
    const event = await officialClient(whorl).getEvent(requestId);
    expect(event.products.identification?.data?.requestId).toBe(requestId);
    expect(await readdir(whorl.dataDir)).toEqual([]);
    expect((await (await fetch(`${whorl.url}/readyz`)).json()) as unknown).toEqual({
      status: 'ready',
      store: 'postgres',
    });
  });

  it('does not start on a database that is not there, and says what to do without the password', async () => {
    const url = new URL(database.url);
    url.pathname = '/nothing_of_this_name';
    const refusal = String(await startWhorl({ databaseUrl: url.href }).catch((error: unknown) => error));
    expect(refusal).toContain('WHORL_DATABASE_URL');
    expect(refusal).toContain('CREATE DATABASE');
    expect(refusal).not.toContain(url.password);
  });
});
