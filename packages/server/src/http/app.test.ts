import { gunzipSync } from 'node:zlib';
import type { Event, IngestAnswer, V3Event } from '@whorl/contract';
import { Event as EventSchema, V3Event as V3EventSchema } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../keys/api-key.ts';
import { chromiumSources, chromiumUserAgent } from '../testing/chromium-sources.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
const isV3Event = Compile(V3EventSchema);
const isEvent = Compile(EventSchema);

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const start = async (key = server.publicKey, headers: Record<string, string> = {}): Promise<string> => {
  const answer = await server.app.inject({ method: 'POST', url: `/ingest/v1/${key}/start`, headers });
  return answer.json<{ nonce: string }>().nonce;
};

type Sent = { change?: Record<string, unknown>; headers?: Record<string, string>; key?: string; ip?: string };

const send = async ({ change = {}, headers = {}, key = server.publicKey, ip = '198.51.100.1' }: Sent = {}) =>
  server.app.inject({
    method: 'POST',
    url: `/ingest/v1/${key}`,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'user-agent': chromiumUserAgent,
      'x-forwarded-for': ip,
      ...headers,
    },
    payload: JSON.stringify({
      version: 1,
      nonce: change.nonce ?? (await start(key, headers)),
      url: 'https://shop.example/login?a={b',
      sdk: { platform: 'js', version: '0.1.0' },
      timing: { start: 1, end: Math.random() },
      sources: chromiumSources(),
      ...change,
    }),
  });

const visit = async (sent: Sent = {}): Promise<IngestAnswer> => {
  const answer = await send(sent);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};

const read = (requestId: string, headers: Record<string, string> = { 'auth-api-key': server.secretKey }) =>
  server.app.inject({ method: 'GET', url: `/events/${requestId}?ii=some-sdk/1.0`, headers });

const eventOf = async (requestId: string): Promise<V3Event> => (await read(requestId)).json();

describe('ingest and GET /events', () => {
  it('answers a visit with an id, and the Server API has the event at once', async () => {
    const answer = await visit({ change: { linkedId: 'order-1', tag: { step: 1 } } });
    expect(answer.requestId).toMatch(/^\d{13}\.[A-Za-z0-9]{6}$/);
    expect(answer.visitorId).toMatch(/^[A-Za-z0-9]{20}$/);
    const event = await eventOf(answer.requestId);
    expect([...isV3Event.Errors(event)]).toEqual([]);
    expect(event.products.identification?.data).toMatchObject({
      visitorId: answer.visitorId,
      requestId: answer.requestId,
      linkedId: 'order-1',
      tag: { step: 1 },
      ip: '198.51.100.1',
      url: 'https://shop.example/login?a={b',
      replayed: false,
    });
  });

  it('stores an event that keeps to its own schema', async () => {
    const { requestId } = await visit();
    const event = await server.store.event({ workspaceId: server.first.workspace.id }, requestId);
    expect([...isEvent.Errors(event)]).toEqual([]);
  });

  it('takes the address from a trusted proxy only', async () => {
    const untrusting = await startTestServer({ trustedProxies: [] });
    const nonce = (
      await untrusting.app.inject({ method: 'POST', url: `/ingest/v1/${untrusting.publicKey}/start` })
    ).json<{ nonce: string }>().nonce;
    const answer = await untrusting.app.inject({
      method: 'POST',
      url: `/ingest/v1/${untrusting.publicKey}`,
      headers: { 'x-forwarded-for': '203.0.113.5' },
      payload: JSON.stringify({
        version: 1,
        nonce,
        url: 'https://a.example',
        sdk: { platform: 'js', version: '0' },
        timing: { start: 0, end: 1 },
        sources: {},
        extended: true,
      }),
    });
    expect(answer.json<IngestAnswer>().extended?.ip).toBe('127.0.0.1');
    await untrusting.close();
  });

  it('makes an event of an observation whose sources all failed', async () => {
    const sources = Object.fromEntries(
      Object.keys(chromiumSources()).map((name) => [name, { e: ['TimeoutError', 'too slow'], d: 500 }]),
    );
    const { requestId, visitorFound } = await visit({ change: { sources } });
    expect(visitorFound).toBe(false);
    const event = await eventOf(requestId);
    expect([...isV3Event.Errors(event)]).toEqual([]);
    expect(event.products.rawDeviceAttributes?.data?.timezone).toEqual({
      error: { name: 'TimeoutError', message: 'too slow' },
    });
  });

  it('answers every event of many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => visit({ ip: `198.51.100.${at}` })));
    expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(60);
    const events = await Promise.all(answers.map(({ requestId }) => read(requestId)));
    expect(events.every(({ statusCode }) => statusCode === 200)).toBe(true);
  });
});

describe('errors of the Server API', () => {
  it.each([
    ['no key', {}, 403, 'TokenRequired', 'secret key is required'],
    ['an empty key', { 'auth-api-key': '' }, 403, 'TokenRequired', 'secret key is required'],
    ['a wrong key', { 'auth-api-key': 'nonsense' }, 403, 'TokenNotFound', 'secret key is not found'],
    ['a public key', { 'auth-api-key': 'publicKeyForTests' }, 403, 'TokenNotFound', 'secret key is not found'],
  ])('refuses %s before it looks for the event', async (_, headers, status, code, message) => {
    const answer = await read('1700000000000.abcdef', headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({ error: { code, message } });
  });

  it.each([
    ['an id that was never given', '1700000000000.abcdef'],
    ['what is no id', 'nonsense'],
    ['an escape', '%00'],
    ['a query', "1' or '1'='1"],
    ['a very long text', 'x'.repeat(5_000)],
  ])('does not find %s', async (_, id) => {
    const answer = await read(encodeURIComponent(id));
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({ error: { code: 'RequestNotFound', message: 'request id not found' } });
  });

  it('does not find an id with a broken escape, and looks at the key first', async () => {
    const found = await server.app.inject({ url: '/events/%ff', headers: { 'auth-api-key': server.secretKey } });
    expect(found.statusCode).toBe(404);
    expect(found.json()).toMatchObject({ error: { code: 'RequestNotFound' } });
    const refused = await server.app.inject({ url: '/events/%ff' });
    expect(refused.json()).toMatchObject({ error: { code: 'TokenRequired' } });
    expect((await server.app.inject({ url: '/%ff' })).json()).toHaveProperty('error.code');
  });

  it('takes the key from the query as well', async () => {
    const { requestId } = await visit();
    const answer = await server.app.inject({ url: `/events/${requestId}?api_key=${server.secretKey}` });
    expect(answer.statusCode).toBe(200);
  });

  it('shows a key of one environment only the events of that environment', async () => {
    const { requestId } = await visit();
    const { workspace } = server.first;
    const environment = {
      id: 'ae_1111111111111111',
      workspaceId: workspace.id,
      name: 'staging',
      allowedOrigins: [],
      createdAt: 0,
    };
    await server.store.createEnvironment(environment);
    const owner = { kind: 'secret', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text, stored } = makeKey(owner, 0);
    await server.store.addKey(stored);
    expect((await read(requestId, { 'auth-api-key': text })).statusCode).toBe(404);
  });
});

describe('bad input', () => {
  const post = (payload: string | Buffer, key = server.publicKey, headers: Record<string, string> = {}) =>
    server.app.inject({ method: 'POST', url: `/ingest/v1/${key}`, payload, headers });

  it.each([
    ['nothing', '', 400, 'RequestCannotBeParsed'],
    ['half a body', '{', 400, 'RequestCannotBeParsed'],
    ['an unknown version', '{"version":99}', 400, 'UnsupportedVersion'],
    ['a body over the limit', `{"a":"${'x'.repeat(128 * 1024)}"}`, 413, 'PayloadTooLarge'],
  ])('answers %s as documented', async (_, body, status, code) => {
    const answer = await post(body, server.publicKey, { origin: 'https://shop.example' });
    expect(answer.statusCode).toBe(status);
    const { error } = answer.json<{ error: { code: string; message: string } }>();
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/\bat \/|node_modules|\.ts:/);
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
  });

  it('refuses a tag that nests deeper than it could be written again', async () => {
    const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown;
    expect((await send({ change: { tag: nested(64) } })).statusCode).toBe(200);
    const refused = await send({ change: { tag: nested(65) } });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ error: { code: 'RequestCannotBeParsed' } });
    const text = `{"version":1,"tag":${'['.repeat(8_000)}${']'.repeat(8_000)}}`;
    expect((await post(text)).statusCode).toBe(400);
  });

  it('refuses a tag over 16 KB', async () => {
    const answer = await send({ change: { tag: { a: 'x'.repeat(17_000) } } });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ error: { code: 'TagTooLarge' } });
  });

  it('refuses missing, unknown, secret and revoked keys', async () => {
    expect((await post('{}', '')).json()).toMatchObject({ error: { code: 'PublicKeyRequired' } });
    expect((await post('{}', 'unknown')).json()).toMatchObject({ error: { code: 'PublicKeyNotFound' } });
    expect((await post('{}', server.secretKey)).json()).toMatchObject({ error: { code: 'PublicKeyNotFound' } });
    const { workspace, environment } = server.first;
    const owner = { kind: 'public', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text, stored } = makeKey(owner, 0);
    await server.store.addKey(stored);
    expect((await send({ key: text })).statusCode).toBe(200);
    await server.store.revokeKey(stored.key.id, Date.now());
    const refused = await post('{}', text);
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ error: { code: 'PublicKeyNotFound' } });
  });

  it('takes observations from listed origins only, once an environment lists any', async () => {
    const { workspace } = server.first;
    const environment = {
      id: 'ae_2222222222222222',
      workspaceId: workspace.id,
      name: 'guarded',
      allowedOrigins: ['https://shop.example'],
      createdAt: 0,
    };
    await server.store.createEnvironment(environment);
    const owner = { kind: 'public', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text: key, stored } = makeKey(owner, 0);
    await server.store.addKey(stored);
    const fromShop = await send({ key, headers: { origin: 'https://shop.example' } });
    expect(fromShop.statusCode, fromShop.body).toBe(200);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'http://evil.example', host: 'evil.example' },
      {},
    ] as Record<string, string>[]) {
      const refused = await post('{}', key, headers);
      expect(refused.statusCode).toBe(403);
      expect(refused.json()).toMatchObject({ error: { code: 'OriginNotAllowed' } });
    }
  });
});

describe('identity', () => {
  it('follows the token, whichever place it was kept in', async () => {
    const first = await visit({ ip: '203.0.113.1' });
    for (const place of ['cookie', 'localStorage', 'indexedDB']) {
      const again = await visit({ ip: '203.0.113.99', change: { tokens: { [place]: first.token } } });
      expect(again).toMatchObject({ visitorId: first.visitorId, visitorFound: true, confidence: 0.995 });
    }
  });

  it.each([
    ['https', 'same-origin', /; SameSite=Lax; Secure$/],
    ['https', 'cross-site', /; SameSite=None; Secure; Partitioned$/],
    ['http', 'same-site', /; SameSite=Lax$/],
  ])('keeps the cookie as safe as %s from a %s page allows', async (scheme, site, expected) => {
    const answer = await send({ headers: { 'x-forwarded-proto': scheme, 'sec-fetch-site': site } });
    expect(String(answer.headers['set-cookie'])).toMatch(expected);
  });

  it('sets no cookie that a browser would refuse', async () => {
    const answer = await send({ headers: { 'x-forwarded-proto': 'http', 'sec-fetch-site': 'cross-site' } });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('links a token that comes with nothing to check it by, but teaches nothing and gives none', async () => {
    const sources = chromiumSources({ timezone: 'Asia/Yerevan' });
    const owner = await visit({ ip: '203.0.113.50', change: { sources } });
    const silent = await visit({ ip: '192.0.2.66', change: { sources: {}, tokens: { cookie: owner.token } } });
    expect(silent).toMatchObject({ visitorId: owner.visitorId, confidence: 0.85 });
    expect(silent.token).toBeUndefined();
    expect((await visit({ ip: '203.0.113.50', change: { sources } })).visitorId).toBe(owner.visitorId);
  });

  it('keeps a browser under one id when a slow visit came first', async () => {
    const sources = chromiumSources({ timezone: 'Asia/Baku' });
    const timedOut = { e: ['SourceTimeout', 'no result'], d: 500 };
    const slow = await visit({ change: { sources: { ...sources, canvas: timedOut } } });
    const known = await visit({ change: { sources, tokens: { cookie: slow.token } } });
    expect(known.visitorId).toBe(slow.visitorId);
    expect((await visit({ change: { sources } })).visitorId).toBe(slow.visitorId);
  });

  it('sets the token as a cookie that scripts cannot read, and follows it', async () => {
    const answer = await send({ ip: '203.0.113.1', headers: { 'sec-fetch-site': 'same-site' } });
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^whorl_t_[0-9a-f]{16}=w1\..*; HttpOnly; SameSite=Lax/);
    const again = await visit({ ip: '203.0.113.77', headers: { cookie: `a=b; ${cookie.split(';')[0]}; c=d` } });
    expect(again.visitorId).toBe(answer.json<IngestAnswer>().visitorId);
  });

  it('finds a browser without token by its exact key', async () => {
    const sources = chromiumSources({ timezone: 'Pacific/Auckland' });
    const first = await visit({ ip: '203.0.113.2', change: { sources } });
    const again = await visit({ ip: '203.0.113.2', change: { sources } });
    expect(first.visitorFound).toBe(false);
    expect(again).toMatchObject({ visitorId: first.visitorId, visitorFound: true });
  });

  it('makes one visitor of two tabs that open at the same moment', async () => {
    const sources = chromiumSources({ timezone: 'Pacific/Fiji' });
    const tabs = await Promise.all(Array.from({ length: 5 }, () => visit({ change: { sources } })));
    expect(new Set(tabs.map(({ visitorId }) => visitorId)).size).toBe(1);
    expect(tabs.filter(({ visitorFound }) => !visitorFound)).toHaveLength(1);
  });

  it('does not follow a copied token, and shows it as tampering evidence', async () => {
    const owner = await visit({ change: { sources: chromiumSources({ timezone: 'Asia/Tokyo' }) } });
    const thief = chromiumSources({
      timezone: 'Asia/Dili',
      platform: 'Win32',
      hardwareConcurrency: 2,
      deviceMemory: 2,
    });
    const stolen = await visit({ change: { sources: thief, tokens: { cookie: owner.token } } });
    expect(stolen.visitorId).not.toBe(owner.visitorId);
    const event = (await server.store.event({ workspaceId: server.first.workspace.id }, stolen.requestId)) as Event;
    expect(event.signals.tampering.evidence.some(({ fact }) => fact.includes('token'))).toBe(true);
  });

  it('does not believe a token of its own making', async () => {
    const { visitorFound } = await visit({
      change: {
        sources: chromiumSources({ timezone: 'Asia/Kabul' }),
        tokens: { cookie: `w1.${'A'.repeat(20)}.forged` },
      },
    });
    expect(visitorFound).toBe(false);
  });
});

describe('replay', () => {
  const replayed = async (requestId: string) => (await eventOf(requestId)).products.identification?.data?.replayed;

  it('marks a nonce that comes twice, one after the other and at once', async () => {
    const nonce = await start();
    const [a, b] = await Promise.all([visit({ change: { nonce } }), visit({ change: { nonce } })]);
    const c = await visit({ change: { nonce } });
    const marks = await Promise.all([a, b, c].map(({ requestId }) => replayed(requestId)));
    expect(marks.filter((mark) => mark === false)).toHaveLength(1);
    expect(await replayed(c.requestId)).toBe(true);
    expect(c.token).toBeUndefined();
  });

  it('marks a body that comes again under a fresh nonce', async () => {
    const timing = { start: 3, end: 4 };
    const first = await visit({ change: { timing } });
    const copy = await visit({ change: { timing } });
    expect(await replayed(first.requestId)).toBe(false);
    expect(await replayed(copy.requestId)).toBe(true);
  });

  it('marks a nonce in another spelling, and a copied body in another layout', async () => {
    const { nextNonce } = await visit();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = letters.indexOf(nextNonce.at(-1) ?? '');
    // The last letter of 16 bytes holds 2 bits and 4 that mean nothing.
    const respelt = nextNonce.slice(0, -1) + letters[last ^ 1];
    expect(await replayed((await visit({ change: { nonce: respelt } })).requestId)).toBe(true);

    const timing = { start: 5, end: 6 };
    await visit({ change: { timing } });
    expect(await replayed((await visit({ change: { timing, tag: { another: 1 } } })).requestId)).toBe(true);
  });

  it('marks a nonce of its own making', async () => {
    expect(await replayed((await visit({ change: { nonce: 'made-up-by-the-sender' } })).requestId)).toBe(true);
  });

  it('takes the nonce that the answer gave', async () => {
    const { nextNonce } = await visit();
    expect(await replayed((await visit({ change: { nonce: nextNonce } })).requestId)).toBe(false);
  });
});

describe('velocity', () => {
  it('counts this event and those before it', async () => {
    const sources = chromiumSources({ timezone: 'America/Lima' });
    const linkedId = 'velocity-1';
    await visit({ ip: '192.0.2.10', change: { sources, linkedId } });
    const second = await visit({ ip: '192.0.2.10', change: { sources, linkedId: 'velocity-2' } });
    const third = await visit({ ip: '192.0.2.11', change: { sources, linkedId, tokens: { cookie: second.token } } });
    const counts = (await eventOf(third.requestId)).products.velocity?.data;
    const all = (count: number) => ({ intervals: { '5m': count, '1h': count, '24h': count } });
    expect(counts).toEqual({
      distinctIp: all(2),
      distinctLinkedId: all(2),
      distinctCountry: {},
      events: all(3),
      ipEvents: all(1),
      distinctIpByLinkedId: all(2),
      distinctVisitorIdByLinkedId: all(1),
    });
  });
});

describe('supplement', () => {
  const supplement = (body: Record<string, unknown>) =>
    server.app.inject({
      method: 'POST',
      url: `/ingest/v1/${server.publicKey}/supplement`,
      payload: JSON.stringify({ version: 1, ...body }),
    });
  const hit = { developerTools: { v: { stackTraceHits: 2, probes: 9, elapsed: 1900 }, d: 1900 } };

  it('adds late evidence to its event, once', async () => {
    const { requestId, proof } = await visit();
    const answer = await supplement({ requestId, proof, sources: hit });
    expect(answer.json()).toEqual({ requestId, updated: ['developerTools'] });
    const event = await eventOf(requestId);
    expect(event.products.developerTools?.data?.result).toBe(true);
    expect([...isV3Event.Errors(event)]).toEqual([]);
    expect((await supplement({ requestId, proof, sources: hit })).statusCode).toBe(409);
  });

  it('does not replace what the observation showed', async () => {
    const { requestId, proof } = await visit();
    await supplement({ requestId, proof, sources: { timezone: { v: 'Asia/Tokyo', d: 1 } } });
    const { timezone } = (await eventOf(requestId)).products.rawDeviceAttributes?.data ?? {};
    expect(timezone).toEqual({ value: 'Europe/Berlin' });
  });

  it('refuses a proof of another event, and a malformed body', async () => {
    const [a, b] = [await visit(), await visit()];
    expect((await supplement({ requestId: a.requestId, proof: b.proof, sources: hit })).statusCode).toBe(404);
    expect((await supplement({ requestId: a.requestId })).statusCode).toBe(400);
  });
});

describe('the other addresses', () => {
  it('serves the agent with the key written in, to any origin', async () => {
    for (const path of ['/v3/KEY/loader_v3.12.15.js', '/v3/KEY', '/web/v4/KEY?ci=jsl/4.1.5', '/v4/KEY']) {
      const answer = await server.app.inject({ url: path.replace('KEY', server.publicKey) });
      expect(answer.statusCode, path).toBe(200);
      expect(answer.headers['content-type']).toContain('text/javascript');
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.body).toContain(`'${server.publicKey}'`);
      const again = await server.app.inject({
        url: path.replace('KEY', server.publicKey),
        headers: { 'if-none-match': String(answer.headers.etag) },
      });
      expect(again.statusCode).toBe(304);
    }
  });

  it('sends the agent compressed to whom can read it', async () => {
    const url = `/v3/${server.publicKey}`;
    const plain = await server.app.inject({ url });
    const zipped = await server.app.inject({ url, headers: { 'accept-encoding': 'br, gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(plain.body);
  });

  it('writes no key into the script that could be code', async () => {
    const answer = await server.app.inject({ url: `/v3/${encodeURIComponent("';alert(1)//")}` });
    expect(answer.body).not.toContain('alert');
  });

  it('takes visits of the demo page whatever origins the environment is meant for', async () => {
    const { environment, demoKey } = server.first;
    await server.store.setAllowedOrigins(environment.id, ['https://shop.example']);
    try {
      const own = { host: 'whorl.example', origin: 'http://whorl.example' };
      expect((await send({ key: demoKey, headers: own })).statusCode).toBe(200);
      expect((await send({ key: server.publicKey, headers: own })).statusCode).toBe(403);
    } finally {
      await server.store.setAllowedOrigins(environment.id, []);
    }
  });

  it('shows a visit on the demo page to whoever made it', async () => {
    const { requestId, proof } = await visit({ key: server.first.demoKey });
    const shown = await server.app.inject({ url: `/demo/events/${requestId}?proof=${proof}` });
    expect(shown.json()).toHaveProperty('v3.products.identification');
    expect((await server.app.inject({ url: `/demo/events/${requestId}?proof=nonsense` })).statusCode).toBe(404);
    expect((await server.app.inject({ url: `/demo/events/${requestId}` })).statusCode).toBe(404);
    const elsewhere = await visit();
    const closed = await server.app.inject({ url: `/demo/events/${elsewhere.requestId}?proof=${elsewhere.proof}` });
    expect(closed.statusCode).toBe(404);
    const page = await server.app.inject({ url: '/demo' });
    expect(page.body).toContain(server.first.demoKey);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('drops the token cookies for the demo page, and no others', async () => {
    const cookie = 'a=b; whorl_t_0123456789abcdef=w1.x; whorl_t_0123456789abcdee=w1.y; whorl_token_1=z';
    const answer = await server.app.inject({ method: 'POST', url: '/demo/forget', headers: { cookie } });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toEqual([
      'whorl_t_0123456789abcdef=; Path=/; Max-Age=0; HttpOnly',
      'whorl_t_0123456789abcdee=; Path=/; Max-Age=0; HttpOnly',
    ]);
  });

  it('says that it lives and is ready, and counts what it did', async () => {
    expect((await server.app.inject({ url: '/livez' })).statusCode).toBe(200);
    expect((await server.app.inject({ url: '/readyz' })).json()).toMatchObject({ status: 'ready' });
    expect((await server.app.inject({ url: '/metrics' })).body).toMatch(/whorl_events_total \d+/);
  });

  it('answers what is not there with JSON', async () => {
    const answer = await server.app.inject({ url: '/nowhere' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toHaveProperty('error.code');
  });

  it('allows a preflight', async () => {
    const answer = await server.app.inject({
      method: 'OPTIONS',
      url: `/ingest/v1/${server.publicKey}`,
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
  });
});
