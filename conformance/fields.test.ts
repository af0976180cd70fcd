import { FingerprintServerApiClient, Region } from '@fingerprint/node-sdk';
import { type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumSources, chromiumUserAgent } from '../packages/server/src/testing/chromium-sources.ts';
import { fieldPaths } from './field-paths.ts';
import { ingestClient } from './ingest-client.ts';
import { fetchFrom, officialClient } from './official-client.ts';

/** An address whose place and network the bundled data know. */
const ADDRESS = '8.8.8.8';

let whorl: RunningWhorl;
let requestId: string;
let visitorId: string;

// The same observation every time: what stands in an answer then depends on nothing but the server.
beforeAll(async () => {
  whorl = await startWhorl({ env: { WHORL_TRUSTED_PROXIES: 'loopback' } });
  const { body } = await ingestClient(whorl).observe(
    {
      version: 1,
      nonce: '',
      url: 'https://shop.example/login',
      linkedId: 'customer',
      tag: { step: 1 },
      sdk: { platform: 'js', version: '1.0.0', integrations: [{ name: 'wrapper', version: '1.0.0' }] },
      sources: chromiumSources(),
    },
    {},
    { 'user-agent': chromiumUserAgent, 'x-forwarded-for': ADDRESS, origin: 'https://shop.example' },
  );
  ({ requestId, visitorId } = body as { requestId: string; visitorId: string });
  await officialClient(whorl).updateEvent({ suspect: false }, requestId);
});
afterAll(() => whorl?.stop());

const pin = (name: string, answer: unknown): Promise<void> =>
  expect(fieldPaths(answer)).toMatchFileSnapshot(`./fields/${name}.txt`);

describe('the fields of answers, which neither come, go nor change their type unnoticed', () => {
  it('v3: GET /events/{request_id}', async () => {
    await pin('v3-event', await officialClient(whorl).getEvent(requestId));
  });

  it('v3: GET /events/search', async () => {
    await pin('v3-search', await officialClient(whorl).searchEvents({ limit: 1 }));
  });

  it('v3: GET /visitors/{visitor_id}', async () => {
    await pin('v3-visits', await officialClient(whorl).getVisits(visitorId));
  });

  it('v3: GET /related-visitors', async () => {
    await pin('v3-related', await officialClient(whorl).getRelatedVisitors({ visitor_id: visitorId }));
  });

  const v4 = () =>
    new FingerprintServerApiClient({ apiKey: whorl.secretKey, region: Region.Global, fetch: fetchFrom(whorl.url) });

  it('v4: GET /events/{event_id}', async () => {
    await pin('v4-event', await v4().getEvent(requestId));
  });

  it('v4: GET /events', async () => {
    await pin('v4-search', await v4().searchEvents({ limit: 1, total_hits: 10 }));
  });
});

describe('fieldPaths', () => {
  it('notices a field that comes, goes or changes its type', () => {
    const answer = { a: [{ b: 1 }], c: null };
    expect(fieldPaths(answer)).toBe('. object\n.a array\n.a[] object\n.a[].b number\n.c null\n');
    for (const other of [
      { a: [{ b: 1, d: 1 }], c: null },
      { a: [{}], c: null },
      { a: [{ b: '1' }], c: null },
    ]) {
      expect(fieldPaths(other)).not.toBe(fieldPaths(answer));
    }
  });
});
