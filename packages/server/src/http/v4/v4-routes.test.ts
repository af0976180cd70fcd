import { V4Event } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { sampleRecord } from '../../storage/testing/sample-event.ts';
import { startTestServer } from '../../testing/test-server.ts';
import { useV4 } from './testing/use-v4.ts';

const { server, visit, record, call, expectError, addKey, addEnvironment, withWorkspace } = useV4();

const UNKNOWN_EVENT = '1700000000000.abcdef';
const UNKNOWN_VISITOR = 'unknownVisitor123456';
const DAY = 24 * 60 * 60_000;
const isEvent = Compile(V4Event);

const ENDPOINTS = [
  ['GET', `/events/${UNKNOWN_EVENT}`],
  ['GET', `/events/${UNKNOWN_EVENT}?ruleset_id=nonsense`],
  ['GET', '/events?limit=nonsense'],
  ['PATCH', '/events/nonsense'],
  ['DELETE', '/visitors/nonsense'],
  ['DELETE', '/visitors'],
  ['POST', '/edge'],
  ['GET', '/events/%ff'],
  ['GET', '/events/'],
] as const;

describe.each(ENDPOINTS)('%s /v4%s looks first', (method, path) => {
  const withHeader = (authorization: string) => call(method, path, { key: null, headers: { authorization } });

  it('for a key, in the header alone', async () => {
    expectError(await call(method, path, { key: null }), 'secretApiKeyRequired');
    for (const header of ['', 'Bearer', 'Bearer ', 'Basic abc', server().secretKey]) {
      expectError(await withHeader(header), 'secretApiKeyRequired');
    }
    const sign = path.includes('?') ? '&' : '?';
    const inQuery = await call(method, `${path}${sign}api_key=${server().secretKey}`, { key: null });
    expectError(inQuery, 'secretApiKeyRequired');
  });

  it('then whether it knows the key', async () => {
    expectError(await withHeader('Bearer nonsense'), 'secretApiKeyNotFound');
    expectError(await withHeader(`Bearer ${server().publicKey}`), 'secretApiKeyNotFound');
  });

  it('then for the region, before whether the workspace is active', async () => {
    await withWorkspace({ region: 'eu', active: false }, async () => {
      expectError(await call(method, path), 'wrongRegion');
    });
    await withWorkspace({ active: false }, async () => {
      expectError(await call(method, path), 'subscriptionNotActive');
    });
  });

  it('then for the limits, and says how long to wait', async () => {
    const key = await addKey('secret', null);
    await withWorkspace({ rateLimits: { perKey: { requests: 1, seconds: 60 }, perAddress: null } }, async () => {
      await call(method, path, { key });
      const refused = await call(method, path, { key });
      expectError(refused, 'tooManyRequests');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    });
  });

  it('with the name of the scheme in any case', async () => {
    const answer = await withHeader(`bEARER  ${server().secretKey}`);
    expect(answer.statusCode).not.toBe(403);
  });
});

describe('GET /v4/events/{event_id}', () => {
  it('answers the event as JSON that nobody keeps', async () => {
    const { requestId, visitorId } = await visit({ change: { linkedId: 'order 7', tag: 'scalar' } });
    const answer = await call('GET', `/events/${requestId}?ii=sdk/1.0`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(isEvent.Errors(answer.json())).toEqual([]);
    expect(answer.json()).toMatchObject({
      event_id: requestId,
      timestamp: Number(requestId.slice(0, 13)),
      source: 'device',
      linked_id: 'order 7',
      tags: { tag: 'scalar' },
      identification: { visitor_id: visitorId, visitor_found: false },
      environment_id: server().first.environment.id,
    });
  });

  it('knows where the visitor came from, if the client said', async () => {
    const came = await visit({ change: { referrer: 'https://search.example/' } });
    const direct = await visit({ change: { referrer: '' } });
    const silent = await visit();
    const referrerOf = async (id: string) => (await call('GET', `/events/${id}`)).json<V4Event>().client_referrer;
    expect(await referrerOf(came.requestId)).toBe('https://search.example/');
    expect(await referrerOf(direct.requestId)).toBe('');
    expect(await referrerOf(silent.requestId)).toBeUndefined();
  });

  it.each([
    ['a word', 'nonsense'],
    ['an id that is too short', '1700000000000.abcde'],
    ['an id that is too long', '1700000000000.abcdefg'],
    ['a zero byte', '%00'],
    ['a broken escape', '%ff'],
    ['a query', "1' or '1'='1"],
    ['a very long text', 'x'.repeat(40_000)],
    ['nothing', ''],
    ['nothing before a query', '?limit=1'],
  ])('refuses %s as an id', async (_, id) => expectError(await call('GET', `/events/${id}`), 'invalidEventId'));

  it('does not find an id that was never given, nor one of another workspace or environment', async () => {
    expectError(await call('GET', `/events/${UNKNOWN_EVENT}`), 'eventNotFound');
    const { secretKey } = await addEnvironment('ae_1111111111111111');
    const { requestId } = await visit();
    expectError(await call('GET', `/events/${requestId}`, { key: secretKey }), 'eventNotFound');
    const foreign = await record({ workspaceId: 'ws_00000000000000b2' });
    expectError(await call('GET', `/events/${foreign.id}`), 'eventNotFound');
  });

  it('leaves out what the workspace has switched off', async () => {
    const { requestId } = await visit();
    await withWorkspace({ disabledFeatures: ['vpn', 'rawDeviceAttributes'] }, async () => {
      const event = (await call('GET', `/events/${requestId}`)).json();
      expect(event).not.toHaveProperty('vpn');
      expect(event).not.toHaveProperty('raw_device_attributes');
      expect(event).toHaveProperty('proxy');
    });
  });

  it('leaves the addresses of scripts beside it alone', async () => {
    const { app, publicKey } = server();
    const script = await app.inject({ url: `/v4/${publicKey}` });
    expect(script.headers['content-type']).toMatch(/javascript/);
    expect(script.body).toContain(publicKey);
    expectError(await app.inject({ url: '/v4/events' }), 'secretApiKeyRequired');
  });
});

describe('GET /v4/events/{event_id}?ruleset_id=', () => {
  const RULESET = 'ruleset123456789';

  it('says what the ruleset says of the event, as it is shown', async () => {
    const { store, first } = server();
    const { requestId } = await visit({ change: { tag: { cart: 100 } } });
    const headers = [{ name: 'content-type', value: 'application/json' }];
    await store.putRuleset({
      id: RULESET,
      workspaceId: first.workspace.id,
      name: 'carts',
      rules: [
        {
          id: 'large-cart',
          name: 'large cart',
          enabled: true,
          when: { all: [{ field: 'tags.cart', operator: 'at_least', value: 100 }] },
          action: { type: 'block', statusCode: 403, headers, body: '{}' },
        },
      ],
      otherwise: { type: 'allow', requestHeaderModifications: { set: [{ name: 'x-checked', value: '1' }] } },
      createdAt: 0,
      updatedAt: 0,
    });
    const read = async (id: string) => {
      const event = (await call('GET', `/events/${id}?ruleset_id=${RULESET}`)).json<V4Event>();
      expect(isEvent.Errors(event)).toEqual([]);
      return event.rule_action;
    };
    expect(await read(requestId)).toEqual({
      type: 'block',
      ruleset_id: RULESET,
      rule_id: 'large-cart',
      rule_expression: expect.stringContaining('tags.cart'),
      status_code: 403,
      headers,
      body: '{}',
    });
    expect(await read((await visit()).requestId)).toEqual({
      type: 'allow',
      ruleset_id: RULESET,
      request_header_modifications: { set: [{ name: 'x-checked', value: '1' }] },
    });
  });

  it('does not find a ruleset that is not there, whether or not the event is', async () => {
    const { requestId } = await visit();
    for (const id of ['', 'nonsense', 'abcdefghijklmnop', '%00', `${RULESET}&ruleset_id=${RULESET}`]) {
      expectError(await call('GET', `/events/${requestId}?ruleset_id=${id}`), 'rulesetNotFound');
      expectError(await call('GET', `/events/${UNKNOWN_EVENT}?ruleset_id=${id}`), 'rulesetNotFound');
    }
  });

  it('is refused where rules are switched off', async () => {
    await withWorkspace({ disabledFeatures: ['rules'] }, async () => {
      expectError(await call('GET', `/events/${UNKNOWN_EVENT}?ruleset_id=${RULESET}`), 'featureNotEnabled');
    });
  });
});

describe('PATCH /v4/events/{event_id}', () => {
  const tell = (id: string, body: unknown, headers: Record<string, string> = {}) =>
    call('PATCH', `/events/${id}`, { body, headers });
  const read = async (id: string) => (await call('GET', `/events/${id}`)).json<V4Event>();

  it('changes what it names and leaves the rest, whatever the content type', async () => {
    const { requestId } = await visit({ change: { linkedId: 'before', tag: { a: 1 } } });
    const answer = await tell(requestId, { suspect: true });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(await read(requestId)).toMatchObject({ linked_id: 'before', tags: { a: 1 }, suspect: true });
    await tell(requestId, { linked_id: 'after' }, { 'content-type': 'text/plain;charset=UTF-8' });
    await tell(requestId, { tags: { b: 'ü' } }, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(await read(requestId)).toMatchObject({ linked_id: 'after', tags: { b: 'ü' }, suspect: true });
  });

  it('wraps tags that are no object, and takes an empty linked id as none', async () => {
    const { requestId } = await visit({ change: { linkedId: 'before' } });
    await tell(requestId, { tags: [1, 2], linked_id: '', suspect: null });
    const event = await read(requestId);
    expect(event.tags).toEqual({ tag: [1, 2] });
    expect(event).not.toHaveProperty('linked_id');
    expect(event).not.toHaveProperty('suspect');
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"suspect":'],
    ['a list', '[]'],
    ['a text', '"suspect"'],
    ['null', 'null'],
    ['a linked id that is no text', '{"linked_id":7}'],
    ['suspect as a text', '{"suspect":"true"}'],
    ['bytes that are no UTF-8', Buffer.from('{"linked_id":"caf\xe9"}', 'latin1')],
    ['half of a surrogate pair as a linked id', '{"linked_id":"\\ud800"}'],
    ['tags without bottom', `{"tags":${'['.repeat(100)}${']'.repeat(100)}}`],
  ])('refuses %s', async (_, body) => {
    const { id } = await record({});
    expectError(await tell(id, body), 'invalidBody');
    // Whether the id exists is looked at before what was sent for it.
    expectError(await tell(UNKNOWN_EVENT, body), 'eventNotFound');
    expectError(await tell('nonsense', body), 'invalidEventId');
  });

  it('refuses a body with nothing to change, and a linked id that is too long', async () => {
    const { requestId } = await visit();
    for (const body of ['{}', '{"linkedId":"a"}', '{"suspect":null}']) {
      expectError(await tell(requestId, body), 'nothingToUpdate');
    }
    expectError(await tell(requestId, { linked_id: 'x'.repeat(257) }), 'linkedIdTooLong');
    expect((await tell(requestId, { linked_id: 'x'.repeat(256) })).statusCode).toBe(200);
  });

  it('refuses tags of more than 16 KB, and bodies of more than 128', async () => {
    const { id } = await record({});
    expectError(await tell(id, { tags: { text: 'x'.repeat(16 * 1024) } }), 'payloadTooLarge');
    expectError(await tell(UNKNOWN_EVENT, { tags: { text: 'x'.repeat(128 * 1024) } }), 'payloadTooLarge');
  });

  it('does not find an event that is not there, or has another environment', async () => {
    expectError(await tell(UNKNOWN_EVENT, { suspect: true }), 'eventNotFound');
    expectError(await tell('nonsense', { suspect: true }), 'invalidEventId');
    expectError(await tell('', { suspect: true }), 'invalidEventId');
    expectError(await call('PATCH', '/events', { body: { suspect: true } }), 'invalidEventId');
    const { requestId } = await visit();
    const { secretKey } = await addEnvironment('ae_2222222222222222');
    const answer = await call('PATCH', `/events/${requestId}`, { key: secretKey, body: { suspect: true } });
    expectError(answer, 'eventNotFound');
    expect(await read(requestId)).not.toHaveProperty('suspect');
  });

  it('does not change an event that is too fresh', async () => {
    const fresh = await startTestServer({ settle: 60_000 });
    const record = async (age: number) => {
      const { workspace, environment } = fresh.first;
      const traits = { workspaceId: workspace.id, environmentId: environment.id, time: Date.now() - age };
      const sample = sampleRecord(traits);
      await fresh.store.record([sample]);
      return sample.event.id;
    };
    const headers = { authorization: `Bearer ${fresh.secretKey}` };
    const tellFresh = (id: string) =>
      fresh.app.inject({ method: 'PATCH', url: `/v4/events/${id}`, headers, payload: '{"suspect":true}' });
    expectError(await tellFresh(await record(0)), 'stateNotReady');
    const wrong = { method: 'PATCH', url: `/v4/events/${await record(0)}`, headers, payload: '[]' } as const;
    expectError(await fresh.app.inject(wrong), 'invalidBody');
    expect((await tellFresh(await record(61_000))).statusCode).toBe(200);
    await fresh.close();
  });

  it('changes events of the last month, and no older ones', async () => {
    const [young, old] = [
      await record({ time: Date.now() - 30.9 * DAY }),
      await record({ time: Date.now() - 31.1 * DAY }),
    ];
    expect((await tell(young.id, { suspect: true })).statusCode).toBe(200);
    expectError(await tell(old.id, { suspect: true }), 'eventNotFound');
  });
});

describe('DELETE /v4/visitors/{visitor_id}', () => {
  it('erases the visitor with all events', async () => {
    const { requestId, visitorId } = await visit({ ip: '198.51.100.77' });
    const other = await record();
    const answer = await call('DELETE', `/visitors/${visitorId}`);
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expectError(await call('GET', `/events/${requestId}`), 'eventNotFound');
    expectError(await call('DELETE', `/visitors/${visitorId}`), 'visitorNotFound');
    expect((await call('GET', `/events/${other.id}`)).statusCode).toBe(200);
  });

  it('looks for the feature, then for the reach of the key, then at the id', async () => {
    const { secretKey } = await addEnvironment('ae_3333333333333333');
    await withWorkspace({ disabledFeatures: ['deleteVisitors'] }, async () => {
      expectError(await call('DELETE', '/visitors/nonsense', { key: secretKey }), 'featureNotEnabled');
    });
    expectError(await call('DELETE', '/visitors/nonsense', { key: secretKey }), 'workspaceScopedKeyRequired');
    for (const id of ['nonsense', '%00', '%ff', `${UNKNOWN_VISITOR}x`, 'ünknownVisitor123456', 'x'.repeat(40_000)]) {
      expectError(await call('DELETE', `/visitors/${id}`), 'invalidVisitorId');
    }
    expectError(await call('DELETE', `/visitors/${UNKNOWN_VISITOR}`), 'visitorNotFound');
    expectError(await call('DELETE', '/visitors'), 'visitorIdRequired');
    expectError(await call('DELETE', '/visitors/'), 'visitorIdRequired');
  });
});
