import { type Feature, V4EdgeEvent } from '@whorl/contract';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../../keys/api-key.ts';
import { createAgentKeys } from '../../lookup/agent-keys.ts';
import { newAgent } from '../../lookup/testing/new-agent.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';

const isAnswer = Compile(V4EdgeEvent);
const agent = newAgent('https://agent.example');
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const [INSIDE, OUTSIDE] = ['66.249.66.1', '198.51.100.7'];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    agentKeys: createAgentKeys({ [agent.origin]: agent.directory }),
    lookup: (address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
      isPublic: true,
      ipInfo: {
        [address.includes(':') ? 'v6' : 'v4']: {
          address,
          geolocation: { accuracyRadius: 20, city: { name: 'Ghent' }, country: { code: 'BE', name: 'Belgium' } },
          asn: { asn: '64500', name: 'Example', network: '198.51.100.0/24' },
          datacenter: { result: true, name: 'Example Cloud' },
        },
      },
      sources: [],
      countryOffsets: null,
      lists: {
        proxy: { source: { name: 'list', builtAt: Date.now() }, listed: address === OUTSIDE, seenAt: Date.now() },
      },
      crawlers: {
        googlebot: { source: { name: 'list', builtAt: Date.now() }, listed: [INSIDE, '2001:db8::1'].includes(address) },
      },
    }),
  });
});
afterAll(() => server.close());

const body = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  headers: [
    { name: 'Host', value: 'shop.example' },
    { name: 'User-Agent', value: GOOGLEBOT },
    { name: 'Cookie', value: 'session=1' },
  ],
  method: 'GET',
  url: 'https://shop.example/login?a=b',
  ipv4_address: INSIDE,
  ...change,
});

const post = (payload: unknown, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/v4/edge',
    headers: { authorization: `Bearer ${server.secretKey}`, 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

const get = (path: string, key = server.secretKey) =>
  server.app.inject({ url: `/v4${path}`, headers: { authorization: `Bearer ${key}` } });

const answerTo = async (payload: unknown): Promise<V4EdgeEvent> => {
  const answer = await post(payload);
  expect(answer.statusCode, answer.body).toBe(200);
  expect([...isAnswer.Errors(answer.json())]).toEqual([]);
  return answer.json();
};

describe('POST /v4/edge', () => {
  it('answers who it is, where it is and what it comes through', async () => {
    const answer = await answerTo(body({ linked_id: 'order 7', tags: { a: 1 } }));
    expect(answer).toEqual({
      event_id: expect.stringMatching(/^\d{13}\.[a-zA-Z0-9]{6}$/),
      timestamp: Number(answer.event_id.slice(0, 13)),
      source: 'edge',
      linked_id: 'order 7',
      tags: { a: 1 },
      url: 'https://shop.example/login?a=b',
      bot_info: {
        category: 'search_engine_crawler',
        provider: 'Google',
        provider_url: 'https://google.com',
        name: 'Googlebot',
        identity: 'verified',
        confidence: 'high',
      },
      ip_info: {
        v4: {
          address: INSIDE,
          geolocation: { accuracy_radius: 20, city_name: 'Ghent', country_code: 'BE', country_name: 'Belgium' },
          asn: '64500',
          asn_name: 'Example',
          asn_network: '198.51.100.0/24',
          datacenter_result: true,
          datacenter_name: 'Example Cloud',
        },
      },
      proxy: false,
      proxy_confidence: 'low',
      vpn: false,
      vpn_confidence: 'low',
      vpn_methods: { public_vpn: false, relay: false },
    });
  });

  it('calls an address outside a lie, and a listed proxy a proxy', async () => {
    const { bot_info, proxy, proxy_details } = await answerTo(body({ ipv4_address: OUTSIDE }));
    expect(bot_info).toMatchObject({ name: 'Googlebot', identity: 'spoofed' });
    expect(proxy).toBe(true);
    expect(proxy_details).toEqual({ proxy_type: 'data_center', last_seen_at: expect.any(Number) });
    expect((proxy_details?.last_seen_at ?? 1) % 3_600_000).toBe(0);
  });

  it('knows both addresses, and believes the one that proves', async () => {
    const { ip_info, bot_info } = await answerTo(body({ ipv4_address: OUTSIDE, ipv6_address: '2001:db8::1' }));
    expect([ip_info.v4?.address, ip_info.v6?.address]).toEqual([OUTSIDE, '2001:db8::1']);
    expect(bot_info?.identity).toBe('verified');
  });

  it('takes IPv4 out of IPv6', async () => {
    const { ipv4_address: _, ...rest } = body();
    const { ip_info } = await answerTo({ ...rest, ipv6_address: `::ffff:${INSIDE}` });
    expect(ip_info).toMatchObject({ v4: { address: INSIDE } });
    expect(ip_info.v6).toBeUndefined();
  });

  it('believes a signature, and no signature for another host', async () => {
    const headers = agent.sign(new URL('https://shop.example/login?a=b'));
    expect((await answerTo(body({ headers }))).bot_info).toEqual({
      category: 'unknown',
      provider: 'agent.example',
      name: 'agent.example',
      identity: 'signed',
      confidence: 'high',
    });
    const elsewhere = await answerTo(body({ headers, url: 'https://other.example/' }));
    expect(elsewhere.bot_info?.identity).toBe('spoofed');
  });

  it('says nothing of a bot where none is named, and leaves out what was not given', async () => {
    const answer = await answerTo(body({ headers: [{ name: 'Accept', value: '*/*' }] }));
    expect(answer).not.toHaveProperty('bot_info');
    expect(answer).not.toHaveProperty('tags');
    expect(answer).not.toHaveProperty('linked_id');
  });

  it('takes JSON whatever its content type says', async () => {
    expect((await post(body(), { 'content-type': 'text/plain;charset=UTF-8' })).statusCode).toBe(200);
  });
});

describe('an edge event', () => {
  it('is found by its id and among its kind, and keeps no secret', async () => {
    const answer = await answerTo(body({ linked_id: 'found' }));
    expect((await get(`/events/${answer.event_id}`)).json()).toEqual(answer);
    const found = await get('/events?source=edge&linked_id=found');
    expect(found.json()).toMatchObject({ events: [answer] });
    expect((await get('/events?linked_id=found')).json().events).toEqual([]);
    const scope = { workspaceId: server.first.workspace.id };
    const stored = await server.store.edgeEvent(scope, answer.event_id);
    expect(stored?.headers[2]).toEqual({ name: 'Cookie', value: '' });
    expect(stored?.environmentId).toBeNull();
  });

  it('is no visit: v3 does not know it', async () => {
    const { event_id } = await answerTo(body());
    const v3 = await server.app.inject({ url: `/events/${event_id}`, headers: { 'auth-api-key': server.secretKey } });
    expect(v3.statusCode).toBe(404);
  });

  it('belongs to the environment of the key that reported it', async () => {
    const { workspace, environment } = server.first;
    const owner = { kind: 'secret', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text, stored } = makeKey(owner, 0);
    await server.store.addKey(stored);
    const own = await post(body(), { authorization: `Bearer ${text}` });
    expect((await get(`/events/${own.json().event_id}`, text)).statusCode).toBe(200);
    const { event_id } = await answerTo(body());
    expect((await get(`/events/${event_id}`, text)).statusCode).toBe(404);
  });
});

describe('what is refused', () => {
  const disable = (disabledFeatures: Feature[]) =>
    server.store.changeWorkspace(server.first.workspace.id, { disabledFeatures });

  it.each([
    ['no key', {}, 403, 'secret_api_key_required'],
    ['a wrong key', { authorization: 'Bearer nonsense' }, 403, 'secret_api_key_not_found'],
  ])('refuses %s before it looks at the body', async (_, headers, status, code) => {
    const answer = await server.app.inject({ method: 'POST', url: '/v4/edge', headers, payload: '{' });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error: { code } });
  });

  it('refuses a workspace without the feature, before it looks at the body', async () => {
    await disable(['edge']);
    const answer = await post('x'.repeat(200_000));
    await disable([]);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toEqual({ error: { code: 'feature_not_enabled', message: 'feature not enabled' } });
  });

  it('leaves out what the workspace has switched off, in the event too', async () => {
    await disable(['botd', 'ipInfo', 'proxy', 'vpn']);
    const answer = await answerTo(body());
    const event = await get(`/events/${answer.event_id}`);
    await disable([]);
    expect(Object.keys(answer)).toEqual(['event_id', 'timestamp', 'source', 'url', 'ip_info']);
    expect(answer.ip_info).toEqual({});
    expect(event.json()).toEqual(answer);
  });

  it.each([
    ['nothing', '', 400, 'request_cannot_be_parsed', 'request body is not valid'],
    ['what is no JSON', '{"a":', 400, 'request_cannot_be_parsed', 'request body is not valid'],
    ['an empty object', {}, 400, 'request_cannot_be_parsed', 'headers is required'],
    [
      'an unknown field',
      { ...body(), unknown: 1 },
      400,
      'request_cannot_be_parsed',
      'request body contains an unknown field "unknown"',
    ],
    [
      'a body that is too large',
      body({ tags: { x: 'x'.repeat(200_000) } }),
      413,
      'payload_too_large',
      'payload too large',
    ],
    [
      'tags that are too large',
      body({ tags: { x: 'x'.repeat(20_000) } }),
      413,
      'payload_too_large',
      'payload too large',
    ],
  ])('refuses %s', async (_, payload, status, code, message) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({ error: { code, message } });
  });

  it('answers anything that is sent with a documented status', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '\0', '1.2.3.4', '::1', '::ffff:1.2.3.4', 'https://a.example/', 'https://[::1]/', GOOGLEBOT),
      fc.jsonValue(),
    );
    const signature = fc.constantFrom(
      'signature',
      'Signature-Input',
      'SIGNATURE-AGENT',
      'user-agent',
      '__proto__',
      'a b',
      '',
    );
    const header = fc.record({ name: fc.oneof(signature, odd), value: odd }, { requiredKeys: [] });
    const anyBody = fc.record(
      {
        headers: fc.oneof(fc.array(header, { maxLength: 4 }), odd),
        method: fc.oneof(fc.constantFrom('GET', 'post'), odd),
        url: fc.oneof(fc.constant('https://shop.example/a'), fc.webUrl({ withFragments: true }), odd),
        ipv4_address: fc.oneof(fc.ipV4(), fc.ipV4Extended(), odd),
        ipv6_address: fc.oneof(fc.ipV6(), odd),
        linked_id: odd,
        tags: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), odd),
      },
      { requiredKeys: [] },
    );
    const documented: Record<number, (answer: unknown) => boolean> = {
      200: (answer) => isAnswer.Check(answer),
      400: (answer) => /"request_cannot_be_parsed"/.test(JSON.stringify(answer)),
      413: (answer) => /"payload_too_large"/.test(JSON.stringify(answer)),
    };
    await fc.assert(
      fc.asyncProperty(anyBody, fc.boolean(), async (changes, whole) => {
        const answer = await post({ ...(whole ? body() : {}), ...changes });
        expect(documented[answer.statusCode]?.(answer.json()), `${answer.statusCode} ${answer.body}`).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
