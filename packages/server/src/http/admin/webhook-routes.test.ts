import { randomBytes } from 'node:crypto';
import {
  DeliveryAnswer,
  DeliveryAttemptAnswer,
  pageOf,
  WebhookAnswer,
  WebhookCreated,
  WebhookSecretCreated,
  workspaceDefaults,
} from '@whorl/contract';
import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { useTestServer } from '../../testing/use-test-server.ts';
import { MOST_SECRETS } from '../../webhooks/make-webhook.ts';
import { answerWith, type Receiver, startReceiver } from '../../webhooks/testing/start-receiver.ts';

const { server, visit } = useTestServer();

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver?.stop());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
const ask = (method: Method, path: string, body?: unknown, workspaceId = server().first.workspace.id) =>
  server().app.inject({
    method,
    url: `/admin/v1/workspaces/${workspaceId}${path}`,
    headers: {
      authorization: `Bearer ${server().managementKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });

const check = (schema: TSchema, value: unknown): void => {
  expect([...Compile(schema).Errors(value)]).toEqual([]);
};

type Created = { id: string; secret: { id: string; value: string }; secrets: { id: string }[] };
const create = async (body: Record<string, unknown> = {}): Promise<Created> => {
  const answer = await ask('POST', '/webhooks', { url: receiver.url, version: 'v4', ...body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};

const codeOf = (answer: { json(): { error?: { code?: string } } }) => answer.json().error?.code;

afterEach(async () => {
  const { workspace } = server().first;
  await server().store.changeWorkspace(workspace.id, () => ({ disabledFeatures: [] }));
  for (const { id } of await server().store.webhooks(workspace.id))
    await server().store.deleteWebhook(workspace.id, id);
  await server().webhooks.directory.refresh();
  receiver.behave(answerWith(200));
  receiver.received.length = 0;
});

describe('/webhooks', () => {
  it('creates, lists, gets, changes and deletes', async () => {
    const created = await create({ version: 'v3', enabled: false });
    check(WebhookCreated, created);
    expect(Buffer.from(created.secret.value, 'base64')).toHaveLength(32);

    const { secret, ...shown } = created;
    const listed = await ask('GET', '/webhooks');
    check(pageOf(WebhookAnswer), listed.json());
    expect(listed.json()).toEqual({ items: [shown], next: null });
    expect((await ask('GET', `/webhooks/${created.id}`)).json()).toEqual(shown);

    const environmentIds = [server().first.environment.id];
    const changed = await ask('PATCH', `/webhooks/${created.id}`, { enabled: true, version: 'v4', environmentIds });
    expect(changed.json()).toEqual({ ...shown, enabled: true, version: 'v4', environmentIds });

    expect((await ask('DELETE', `/webhooks/${created.id}`)).statusCode).toBe(204);
    expect((await ask('GET', '/webhooks')).json()).toEqual({ items: [], next: null });
  });

  it('lists on after a page whose items have been deleted since', async () => {
    type Listed = { items: { id: string }[]; next: string | null };
    for (let count = 0; count < 4; count++) await create();
    const all = (await ask('GET', '/webhooks')).json<Listed>().items.map(({ id }) => id);
    const first = (await ask('GET', '/webhooks?limit=2')).json<Listed>();
    expect(first.items.map(({ id }) => id)).toEqual(all.slice(0, 2));
    for (const { id } of first.items) await ask('DELETE', `/webhooks/${id}`);
    const second = (await ask('GET', `/webhooks?limit=2&after=${first.next}`)).json<Listed>();
    expect(second.items.map(({ id }) => id)).toEqual(all.slice(2));
    expect(second.next).toBeNull();
  });

  it('keeps every secret of those that are added at once, and always one of those that are deleted', async () => {
    const { id, secret } = await create();
    const posts = await Promise.all(Array.from({ length: 3 }, () => ask('POST', `/webhooks/${id}/secrets`)));
    const added = posts.map((answer) => answer.json<{ id: string }>().id);
    const listed = async () => (await ask('GET', `/webhooks/${id}`)).json<Created>().secrets.map((each) => each.id);
    expect((await listed()).sort()).toEqual([secret.id, ...added].sort());
    const deleted = await Promise.all((await listed()).map((each) => ask('DELETE', `/webhooks/${id}/secrets/${each}`)));
    expect(deleted.map(({ statusCode }) => statusCode).sort()).toEqual([204, 204, 204, 409]);
    expect(await listed()).toHaveLength(1);
  });

  it('adds and deletes secrets, and never shows one twice', async () => {
    const { id, secret } = await create();
    const added = await ask('POST', `/webhooks/${id}/secrets`);
    expect(added.statusCode).toBe(201);
    check(WebhookSecretCreated, added.json());
    const own = await ask('POST', `/webhooks/${id}/secrets`, { value: 'what-the-receiver-knows' });
    expect(own.json()).toMatchObject({ value: 'what-the-receiver-knows' });

    const values = [secret.value, added.json<{ value: string }>().value, 'what-the-receiver-knows'];
    const shown = (await ask('GET', `/webhooks/${id}`)).body + (await ask('GET', '/webhooks')).body;
    for (const value of values) expect(shown).not.toContain(value);

    expect((await ask('DELETE', `/webhooks/${id}/secrets/${secret.id}`)).statusCode).toBe(204);
    const { secrets } = (await ask('GET', `/webhooks/${id}`)).json<Created>();
    expect(secrets.map((each) => each.id)).toEqual([own.json<{ id: string }>().id, added.json<{ id: string }>().id]);
  });

  it('tells what the receiver answered to a sample, and stores nothing', async () => {
    const { id } = await create();
    const answer = await ask('POST', `/webhooks/${id}/test`);
    check(DeliveryAttemptAnswer, answer.json());
    expect(answer.json()).toMatchObject({ status: 200, error: null });
    const [got] = receiver.received;
    const body = JSON.parse(got?.body.toString() ?? '') as { event_id: string };
    expect(body).toMatchObject({ event_id: expect.stringMatching(/^\d{13}\.sample$/), tags: { whorlSample: true } });
    expect(got?.headers['fpjs-event-signature']).toMatch(/^v1=[0-9a-f]{64}$/);
    expect(await server().store.event({ workspaceId: server().first.workspace.id }, body.event_id)).toBeUndefined();

    receiver.behave(answerWith(500));
    expect((await ask('POST', `/webhooks/${id}/test`)).json()).toMatchObject({ status: 500 });
    await ask('PATCH', `/webhooks/${id}`, { url: 'http://127.0.0.1:9/' });
    expect((await ask('POST', `/webhooks/${id}/test`)).json()).toMatchObject({
      status: null,
      error: expect.any(String),
    });
  });

  it.each([
    ['no address', { version: 'v4' }, '/url'],
    ['no version', { url: 'https://example.com/' }, '/version'],
    ['an unknown version', { url: 'https://example.com/', version: 'v5' }, '/version'],
    ['an unknown field', { url: 'https://example.com/', version: 'v4', secrets: [] }, '/secrets'],
    ['no environment at all', { url: 'https://example.com/', version: 'v4', environmentIds: [] }, '/environmentIds'],
    ['another scheme', { url: 'ftp://example.com/', version: 'v4' }, '/url'],
    ['an address with credentials', { url: 'https://a:b@example.com/', version: 'v4' }, '/url'],
  ])('refuses %s by the name of its field', async (_, body, field) => {
    const answer = await ask('POST', '/webhooks', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      error: { code: 'RequestCannotBeParsed', detail: [{ field: expect.stringContaining(field) }] },
    });
  });

  it('answers the other documented errors', async () => {
    const { id, secret } = await create();
    const other = ['ae_ffffffffffffffff'];
    expect(codeOf(await ask('PATCH', `/webhooks/${id}`, { environmentIds: other }))).toBe('EnvironmentNotFound');
    for (const [method, path] of [
      ['GET', '/webhooks/wh_none'],
      ['PATCH', '/webhooks/wh_none'],
      ['DELETE', '/webhooks/wh_none'],
      ['POST', '/webhooks/wh_none/secrets'],
      ['POST', '/webhooks/wh_none/test'],
      ['DELETE', '/webhooks/wh_none/secrets/whs_none'],
    ] as const) {
      const answer = await ask(method, path, method === 'GET' || method === 'DELETE' ? undefined : {});
      expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'WebhookNotFound']);
    }
    expect(codeOf(await ask('DELETE', `/webhooks/${id}/secrets/whs_none`))).toBe('SecretNotFound');
    expect(codeOf(await ask('DELETE', `/webhooks/${id}/secrets/${secret.id}`))).toBe('LastSecret');
    for (let count = 1; count < MOST_SECRETS; count++) await ask('POST', `/webhooks/${id}/secrets`);
    expect(codeOf(await ask('POST', `/webhooks/${id}/secrets`))).toBe('TooManySecrets');
    expect(codeOf(await ask('POST', '/deliveries/wd_none/resend'))).toBe('DeliveryNotFound');
    expect(codeOf(await ask('GET', '/deliveries?after=x'))).toBe('RequestCannotBeParsed');
    expect(codeOf(await ask('GET', '/deliveries?state=lost'))).toBe('RequestCannotBeParsed');
  });

  it('takes a first secret that the receiver knows, and none that the webhook has already', async () => {
    const { id, secret } = await create({ secret: 'what-the-receiver-knows' });
    expect(secret.value).toBe('what-the-receiver-knows');
    const again = await ask('POST', `/webhooks/${id}/secrets`, { value: 'what-the-receiver-knows' });
    expect([again.statusCode, codeOf(again)]).toEqual([409, 'SecretKnown']);
    const short = await ask('POST', '/webhooks', { url: receiver.url, version: 'v4', secret: 'short' });
    expect(short.json()).toMatchObject({ error: { detail: [{ field: '/secret' }] } });
  });

  it('keeps the address as the URL standard writes it', async () => {
    const { id } = await create({ url: 'HTTP://Example.COM:80/a\nb?x' });
    expect((await ask('GET', `/webhooks/${id}`)).json()).toMatchObject({ url: 'http://example.com/ab?x' });
    const changed = await ask('PATCH', `/webhooks/${id}`, { url: ' https://example.com ' });
    expect(changed.json()).toMatchObject({ url: 'https://example.com/' });
    const refused = await ask('PATCH', `/webhooks/${id}`, { url: 'https://example.com/#part' });
    expect(refused.json()).toMatchObject({ error: { detail: [{ field: '/url' }] } });
  });

  it('refuses everything where the feature is switched off', async () => {
    const { id } = await create();
    await server().store.changeWorkspace(server().first.workspace.id, () => ({ disabledFeatures: ['webhooks'] }));
    for (const [method, path] of [
      ['GET', '/webhooks'],
      ['GET', `/webhooks/${id}`],
      ['POST', `/webhooks/${id}/test`],
      ['GET', '/deliveries'],
    ] as const) {
      const answer = await ask(method, path);
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'FeatureNotEnabled']);
    }
  });

  it('shows one workspace nothing of another', async () => {
    const { id } = await create();
    const foreign = {
      ...workspaceDefaults,
      disabledFeatures: [],
      id: `ws_${randomBytes(8).toString('hex')}`,
      name: 'other',
      createdAt: 0,
      region: 'us' as const,
    };
    await server().store.createWorkspace(foreign);
    expect((await ask('GET', '/webhooks', undefined, foreign.id)).json()).toEqual({ items: [], next: null });
    expect(codeOf(await ask('DELETE', `/webhooks/${id}`, undefined, foreign.id))).toBe('WebhookNotFound');
  });

  it('answers any body with a documented status', async () => {
    const { id } = await create();
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          url: fc.oneof(fc.webUrl(), fc.string(), fc.jsonValue()),
          version: fc.oneof(fc.constantFrom('v3', 'v4'), fc.jsonValue()),
          environmentIds: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
          enabled: fc.oneof(fc.boolean(), fc.jsonValue()),
          value: fc.oneof(fc.string(), fc.jsonValue()),
        },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(value, async (body) => {
        expect([201, 400, 404, 409]).toContain((await ask('POST', '/webhooks', body)).statusCode);
        expect([200, 400, 404]).toContain((await ask('PATCH', `/webhooks/${id}`, body)).statusCode);
        expect([201, 400, 409]).toContain((await ask('POST', `/webhooks/${id}/secrets`, body)).statusCode);
      }),
      { numRuns: 60 },
    );
  });
});

describe('/deliveries', () => {
  beforeEach(async () => {
    await create();
  });

  it('lists what each event is owed to, page by page, and by state and event', async () => {
    const requestIds: string[] = [];
    for (let count = 0; count < 5; count++) requestIds.unshift((await visit()).requestId);
    const seen: string[] = [];
    let after = '';
    do {
      const page = (await ask('GET', `/deliveries?limit=2${after}`)).json<{
        items: DeliveryAnswer[];
        next: string | null;
      }>();
      check(pageOf(DeliveryAnswer), page);
      seen.push(...page.items.map(({ requestId }) => requestId));
      after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== '');
    expect(seen.toSorted()).toEqual(requestIds.toSorted());

    const one = (await ask('GET', `/deliveries?requestId=${requestIds[0]}&state=pending`)).json<{ items: unknown[] }>();
    expect(one.items).toEqual([expect.objectContaining({ requestId: requestIds[0], state: 'pending', attempts: [] })]);
    expect((await ask('GET', '/deliveries?state=failed')).json()).toEqual({ items: [], next: null });
    expect((await ask('GET', '/deliveries?webhookId=wh_none')).json()).toEqual({ items: [], next: null });
  });

  it('sends again by hand', async () => {
    const { requestId } = await visit();
    const [delivery] = (await ask('GET', `/deliveries?requestId=${requestId}`)).json<{ items: DeliveryAnswer[] }>()
      .items;
    const attempt = { time: Date.now(), status: 200, error: null, duration: 1 };
    await server().store.settleDeliveries([
      { deliveryId: delivery?.id ?? '', claim: 0, attempts: [attempt], next: { state: 'delivered' } },
    ]);
    const again = await ask('POST', `/deliveries/${delivery?.id}/resend`);
    expect(again.statusCode).toBe(200);
    check(DeliveryAnswer, again.json());
    expect(again.json()).toMatchObject({ state: 'pending', attempts: [{ status: 200 }] });
  });

  it('owes events only to webhooks of their environment that are switched on', async () => {
    await create({ enabled: false });
    const elsewhere = { ...server().first.environment, id: 'ae_00000000000000ee', name: 'elsewhere' };
    await server().store.createEnvironment(elsewhere);
    await create({ environmentIds: [elsewhere.id] });
    const { requestId } = await visit();
    const { items } = (await ask('GET', `/deliveries?requestId=${requestId}`)).json<{ items: unknown[] }>();
    expect(items).toHaveLength(1);
  });

  it('reaches the receiver a moment after the visit', async () => {
    server().webhooks.start({ info: vi.fn(), warn: vi.fn(), error: vi.fn() });
    const { requestId } = await visit();
    await receiver.arrived(1);
    expect(JSON.parse(receiver.received.at(-1)?.body.toString() ?? '')).toMatchObject({ event_id: requestId });
  });
});
