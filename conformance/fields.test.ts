import { randomBytes } from 'node:crypto';
import { ServerApiError, DecryptionAlgorithm as V4Algorithm } from '@fingerprint/node-sdk';
import { DecryptionAlgorithm, RequestError } from '@fingerprintjs/fingerprintjs-pro-server-api';
import { type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumSources, chromiumUserAgent } from '../packages/server/src/testing/chromium-sources.ts';
import { type Receiver, startReceiver } from '../packages/server/src/webhooks/testing/start-receiver.ts';
import { errorOf } from './error-of.ts';
import { eventually } from './eventually.ts';
import { ingestClient } from './ingest-client.ts';
import { managedWebhooks } from './managed-webhooks.ts';
import { managementSettings } from './management-client.ts';
import { officialClient, officialFunctions } from './official-client.ts';
import { officialClientV4, officialFunctionsV4 } from './official-client-v4.ts';
import { pin } from './pin.ts';

/** An address whose place and network the bundled data know. */
const ADDRESS = '8.8.8.8';
const UNKNOWN_EVENT = '1700000000000.abcdef';
const sealingKey = randomBytes(32);

/** What Firefox shows otherwise on the machine of the sample. */
const firefoxUserAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';
const firefoxSources = () => {
  const { deviceMemory: _, ...sources } = chromiumSources({
    userAgent: firefoxUserAgent,
    vendor: '',
    canvas: { winding: true, geometry: 'f'.repeat(32), text: 'e'.repeat(32) },
    audio: 35.749972093850374,
    fonts: ['Liberation Sans'],
    webGlBasics: {
      version: 'WebGL 1.0',
      vendor: 'Mozilla',
      vendorUnmasked: '',
      renderer: 'Intel(R) HD Graphics, or similar',
      rendererUnmasked: '',
      shadingLanguageVersion: 'WebGL GLSL ES 1.0',
    },
  });
  return sources;
};

let whorl: RunningWhorl;
let receiver: Receiver;
let requestId: string;
let visitorId: string;
let sealed: { v3: string; v4: string };

type Sealed = { requestId: string; sealedResult: string };

// The same observations every time: what stands in an answer then depends on nothing but the server.
beforeAll(async () => {
  whorl = await startWhorl({
    env: {
      ...managementSettings,
      WHORL_TRUSTED_PROXIES: 'loopback',
      WHORL_SEALING_KEY: sealingKey.toString('base64'),
      WHORL_WEBHOOK_PRIVATE_ADDRESSES: 'on',
    },
  });
  receiver = await startReceiver();
  const webhooks = await managedWebhooks(whorl);
  for (const version of ['v3', 'v4'] as const) await webhooks.create(version, receiver.url);
  const ingest = ingestClient(whorl);
  const visit = async (changes: Record<string, unknown> = {}, userAgent = chromiumUserAgent): Promise<Sealed> => {
    const headers = { 'user-agent': userAgent, 'x-forwarded-for': ADDRESS, origin: 'https://shop.example' };
    const observation = {
      version: 1,
      nonce: '',
      url: 'https://shop.example/login',
      tag: { step: 1 },
      sdk: { platform: 'js', version: '1.0.0', integrations: [{ name: 'wrapper', version: '1.0.0' }] },
      sources: chromiumSources(),
    };
    const { status, body } = await ingest.observe(observation, { linkedId: 'customer', ...changes }, headers);
    expect(status).toBe(200);
    return body as Sealed;
  };
  const first = await visit();
  ({ requestId } = first);
  const again = await visit({ api: 'v4' });
  await visit({ linkedId: 'another browser', sources: firefoxSources() }, firefoxUserAgent);
  sealed = { v3: first.sealedResult, v4: again.sealedResult };
  const { products } = await officialClient(whorl).getEvent(requestId);
  visitorId = products.identification?.data?.visitorId ?? '';
  await officialClient(whorl).updateEvent({ suspect: false }, requestId);
});
afterAll(async () => {
  await receiver?.stop();
  await whorl?.stop();
});

/** The body of the webhook of the first visit whose field of this name has the id. */
const delivered = async (name: 'requestId' | 'event_id'): Promise<unknown> => {
  // Three visits, and two webhooks for each.
  const received = await eventually(
    async () => receiver.received,
    ({ length }) => length === 6,
    30_000,
  );
  const bodies = received.map(({ body }) => JSON.parse(body.toString()) as Record<string, unknown>);
  return bodies.find((body) => body[name] === requestId);
};

describe('the fields of answers of v3, which neither come, go nor change their type unnoticed', () => {
  const v3 = () => officialClient(whorl);

  it('GET /events/{request_id}', async () => {
    pin('v3-event', await v3().getEvent(requestId));
  });

  it('GET /events/search', async () => {
    pin('v3-search', await v3().searchEvents({ limit: 1, linked_id: 'customer', reverse: true }));
  });

  it('GET /visitors/{visitor_id}', async () => {
    pin('v3-visits', await v3().getVisits(visitorId, { request_id: requestId }));
  });

  it('GET /related-visitors', async () => {
    pin('v3-related', await v3().getRelatedVisitors({ visitor_id: visitorId }));
  });

  it('a webhook', async () => {
    pin('v3-webhook', await delivered('requestId'));
  });

  it('a sealed result', async () => {
    const keys = [{ key: sealingKey, algorithm: DecryptionAlgorithm.Aes256Gcm }];
    pin('v3-sealed', await officialFunctions.unsealEventsResponse(Buffer.from(sealed.v3, 'base64'), keys));
  });

  it('errors', async () => {
    pin('v3-error', (await errorOf(v3().getEvent(UNKNOWN_EVENT), RequestError)).responseBody);
    const stranger = officialClient(whorl, 'no-such-key');
    pin('v3-visits-error', (await errorOf(stranger.getVisits(visitorId), RequestError)).responseBody);
  });
});

describe('the fields of answers of v4, which neither come, go nor change their type unnoticed', () => {
  const v4 = () => officialClientV4(whorl);

  it('GET /events/{event_id}', async () => {
    pin('v4-event', await v4().getEvent(requestId));
  });

  it('GET /events', async () => {
    const filter = { limit: 1, total_hits: 10, linked_id: 'customer', reverse: true };
    pin('v4-search', await v4().searchEvents(filter));
  });

  it('POST /edge', async () => {
    const answer = await fetch(`${whorl.url}/v4/edge`, {
      method: 'POST',
      headers: { authorization: `Bearer ${whorl.secretKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        method: 'GET',
        url: 'https://shop.example/login',
        headers: [
          { name: 'Host', value: 'shop.example' },
          { name: 'User-Agent', value: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
        ],
        ipv4_address: '66.249.66.1',
        linked_id: 'crawler',
        tags: { step: 1 },
      }),
    });
    expect(answer.status).toBe(200);
    pin('v4-edge', await answer.json());
  });

  it('a webhook', async () => {
    pin('v4-webhook', await delivered('event_id'));
  });

  it('a sealed result', async () => {
    const keys = [{ key: sealingKey, algorithm: V4Algorithm.Aes256Gcm }];
    pin('v4-sealed', await officialFunctionsV4.unsealEventsResponse(Buffer.from(sealed.v4, 'base64'), keys));
  });

  it('errors', async () => {
    pin('v4-error', (await errorOf(v4().getEvent(UNKNOWN_EVENT), ServerApiError)).responseBody);
  });
});
