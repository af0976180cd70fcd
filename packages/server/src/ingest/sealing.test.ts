import { createDecipheriv, randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { IngestAnswer, OpenAnswer, SealedAnswer } from '@whorl/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useTestServer } from '../testing/use-test-server.ts';

const { server, send, start, read } = useTestServer();
const key = randomBytes(32);

const setKey = async (sealingKey: string | null): Promise<void> => {
  const { workspace, environment } = server().first;
  await server().store.changeEnvironment(workspace.id, environment.id, () => ({ sealingKey }));
};

beforeEach(() => setKey(key.toString('base64')));
afterEach(async () => {
  await setKey(null);
  await server().store.changeWorkspace(server().first.workspace.id, () => ({ disabledFeatures: [] }));
});

const opened = (sealed: string): string => {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(4, 16)).setAuthTag(bytes.subarray(-16));
  return inflateRawSync(Buffer.concat([decipher.update(bytes.subarray(16, -16)), decipher.final()])).toString();
};

const open = (sealed: string): unknown => JSON.parse(opened(sealed));

const sealedVisit = async (change: Record<string, unknown> = {}): Promise<SealedAnswer> => {
  const answer = await send({ change });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

describe('an environment with a sealing key', () => {
  it('tells the page nothing but what it needs to go on', async () => {
    const answer = await sealedVisit({ extended: true });
    expect(Object.keys(answer).sort()).toEqual(['nextNonce', 'proof', 'requestId', 'sealedResult', 'token', 'version']);
  });

  it('seals what GET /events answers, in the form that the page’s loader is of', async () => {
    for (const api of [undefined, 'v3'] as const) {
      const { requestId, sealedResult } = await sealedVisit(api === undefined ? {} : { api });
      expect(open(sealedResult)).toEqual((await read(requestId)).json());
    }
    const { requestId, sealedResult } = await sealedVisit({ api: 'v4' });
    const event = await server().app.inject({
      url: `/v4/events/${requestId}`,
      headers: { authorization: `Bearer ${server().secretKey}` },
    });
    expect(event.statusCode).toBe(200);
    expect(open(sealedResult)).toEqual(event.json());
  });

  it.each(['v3', 'v4'])(
    'has a length that follows from its text’s alone, whatever the page guesses (%s)',
    async (api) => {
      const first = await sealedVisit({ api });
      const visitorId = /"visitor_?[iI]d":"([A-Za-z0-9]{20})"/.exec(opened(first.sealedResult))?.[1] ?? '';
      expect(visitorId).toHaveLength(20);
      const measure = async (guess: string) => {
        const tag = { guess: Array<string>(9).fill(guess) };
        const tokens = { localStorage: first.token };
        const { sealedResult } = await sealedVisit({ api, tokens, tag, linkedId: guess });
        if (guess === visitorId) expect(opened(sealedResult).split(visitorId).length).toBeGreaterThan(10);
        const length = Buffer.byteLength(opened(sealedResult));
        expect(length % 1_024).toBe(0);
        return Buffer.byteLength(sealedResult, 'base64') - length;
      };
      const right = await measure(visitorId);
      for (let round = 0; round < 3; round++) expect(await measure(randomBytes(10).toString('hex'))).toBe(right);
    },
  );

  it('refuses an API that there is not', async () => {
    expect((await send({ change: { api: 'v5' } })).statusCode).toBe(400);
  });

  it('gives a token that does not tell the visitor, and follows it', async () => {
    const first = await send({ ip: '203.0.113.9' });
    const { sealedResult, token = '' } = first.json<SealedAnswer>();
    const visitorOf = (sealed: string) =>
      (open(sealed) as { products: { identification: { data: { visitorId: string } } } }).products.identification.data
        .visitorId;
    const visitorId = visitorOf(sealedResult);
    const everything = first.body + String(first.headers['set-cookie']) + Buffer.from(token.slice(3), 'base64url');
    expect(everything).not.toContain(visitorId);
    const again = await sealedVisit({ tokens: { localStorage: token } });
    expect(visitorOf(again.sealedResult)).toBe(visitorId);
    expect(again.token).not.toBe(token);
  });

  it('does not tell what a supplement changed', async () => {
    const { requestId, proof } = await sealedVisit();
    const sources = { developerTools: { v: { stackTraceHits: 2, probes: 9, elapsed: 1900 }, d: 1900 } };
    const answer = await server().app.inject({
      method: 'POST',
      url: `/ingest/v1/${server().publicKey}/supplement`,
      payload: JSON.stringify({ version: 1, requestId, proof, sources }),
    });
    expect(answer.json()).toEqual({ requestId, updated: [] });
    expect((await read(requestId)).json()).toMatchObject({ products: { developerTools: { data: { result: true } } } });
  });

  it('leaves products out that are switched off', async () => {
    await server().store.changeWorkspace(server().first.workspace.id, () => ({ disabledFeatures: ['vpn'] }));
    const { sealedResult } = await sealedVisit();
    expect(open(sealedResult)).toMatchObject({ products: { proxy: {} } });
    expect(open(sealedResult)).not.toHaveProperty('products.vpn');
  });

  it('answers openly once the feature is switched off', async () => {
    await server().store.changeWorkspace(server().first.workspace.id, () => ({ disabledFeatures: ['sealedResults'] }));
    const answer: IngestAnswer = (await send()).json();
    expect(answer).not.toHaveProperty('sealedResult');
    expect((answer as OpenAnswer).visitorId).toMatch(/^[A-Za-z0-9]{20}$/);
  });

  it('keeps the demo page from showing what is sealed, and says why', async () => {
    const { demoKey } = server().first;
    const nonce = await start(demoKey);
    const { requestId, proof } = (await send({ key: demoKey, change: { nonce } })).json<SealedAnswer>();
    const answer = await server().app.inject({ url: `/demo/events/${requestId}?proof=${encodeURIComponent(proof)}` });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'ResultsSealed' } });
    await setKey(null);
    const shown = await server().app.inject({ url: `/demo/events/${requestId}?proof=${encodeURIComponent(proof)}` });
    expect(shown.statusCode).toBe(200);
  });
});
