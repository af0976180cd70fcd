import type { EventsGetResponse } from '@fingerprintjs/fingerprintjs-pro-server-api';
import { launchDriven, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IngestResponse, ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { officialClient } from './official-client.ts';
import { startSite } from './site.ts';

const KIB = 1024;

let whorl: RunningWhorl;
let observation: Observation;
let client: ReturnType<typeof ingestClient>;

beforeAll(async () => {
  whorl = await startWhorl();
  const [site, browser] = await Promise.all([startSite(whorl), launchDriven()]);
  client = ingestClient(whorl);
  observation = await recordObservation(await browser.newPage(), site);
  await browser.close();
  await site.stop();
});
afterAll(() => whorl?.stop());

const eventOf = async ({ status, body }: IngestResponse): Promise<EventsGetResponse> => {
  expect(status).toBe(200);
  return officialClient(whorl).getEvent((body as { requestId: string }).requestId);
};

describe('what the ingest endpoint takes all the same', () => {
  it('an observation of which every source failed', async () => {
    const failed = Object.fromEntries(
      Object.keys(observation.sources).map((name) => [name, { e: ['TypeError', 'it broke'], d: 1 }]),
    );
    const event = await eventOf(await client.observe(observation, { sources: failed }));
    expect(event.products.identification?.data?.visitorId).toMatch(/^[a-zA-Z0-9]{20}$/);
    expect(event.products.rawDeviceAttributes?.data?.canvas).toEqual({
      error: { name: 'TypeError', message: 'it broke' },
    });
  });

  it('an observation without any source', async () => {
    const event = await eventOf(await client.observe(observation, { sources: {} }));
    expect(event.products.identification?.data?.visitorFound).toBe(false);
  });

  it('a source whose value has a form that it cannot have, as an error of that source alone', async () => {
    const sources = { ...observation.sources, timezone: { v: { $gt: '' }, d: 1 } };
    const attributes = (await eventOf(await client.observe(observation, { sources }))).products.rawDeviceAttributes
      ?.data;
    expect(attributes?.timezone).toHaveProperty('error.message');
    expect(attributes?.timezone).not.toHaveProperty('value');
    expect(attributes?.hardwareConcurrency).toHaveProperty('value');
  });

  it.each([
    ['a text', 'campaign', { tag: 'campaign' }],
    ['a number', 7, { tag: 7 }],
    ['a list', [1, 2], { tag: [1, 2] }],
    ['no', false, { tag: false }],
    ['an object of just 16 KiB', { text: 'x'.repeat(16 * KIB - 11) }, { text: 'x'.repeat(16 * KIB - 11) }],
    ['a dangerous name', JSON.parse('{"__proto__":{"x":1},"a":1}'), JSON.parse('{"__proto__":{"x":1},"a":1}')],
  ])('a tag that is %s', async (_, tag, kept) => {
    const event = await eventOf(await client.observe(observation, { tag }));
    expect(JSON.stringify(event.products.identification?.data?.tag)).toBe(JSON.stringify(kept));
  });

  it('a nonce that was used before, as a replayed event', async () => {
    const nonce = await client.nonce();
    const first = await eventOf(await client.observe(observation, { nonce, linkedId: 'first' }));
    const second = await eventOf(await client.observe(observation, { nonce, linkedId: 'second' }));
    expect(first.products.identification?.data?.replayed).toBe(false);
    expect(second.products.identification?.data?.replayed).toBe(true);
  });

  it('a copied body under a fresh nonce, as a replayed event', async () => {
    const copy = { timing: { start: 1, end: 2 } };
    expect((await eventOf(await client.observe(observation, copy))).products.identification?.data?.replayed).toBe(
      false,
    );
    expect(
      (await eventOf(await client.observe(observation, { ...copy, linkedId: 'another' }))).products.identification?.data
        ?.replayed,
    ).toBe(true);
  });

  it('a nonce that this server never gave, as a replayed event', async () => {
    const forged = `${(await client.nonce()).slice(0, -4)}AAAA`;
    const event = await eventOf(await client.observe(observation, { nonce: forged, linkedId: 'forged' }));
    expect(event.products.identification?.data?.replayed).toBe(true);
  });
});
