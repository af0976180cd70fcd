import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, type Webhook, type Workspace, workspaceDefaults } from '@whorl/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore } from '../storage/open-store.ts';
import { DELIVERY_WAIT, type Store, type WorkspaceChange } from '../storage/store.ts';
import { ENVIRONMENT, sampleRecord, WORKSPACE } from '../storage/testing/sample-event.ts';
import { createWebhooks, type Webhooks } from './create-webhooks.ts';
import { DeliveryReporter } from './delivery-reporter.ts';
import { DeliveryWorker } from './delivery-worker.ts';
import { makeSecret, makeWebhook } from './make-webhook.ts';
import type { Post } from './post-webhook.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import { answerWith, type Received, type Receiver, startReceiver } from './testing/start-receiver.ts';
import { WebhookDirectory } from './webhook-directory.ts';

/** Quick enough for a test. */
const schedule: RetrySchedule = { pauses: [30], jitter: 0, lifetime: 60 * 60_000, longestWish: 60_000 };
const workspace: Workspace = {
  ...workspaceDefaults,
  disabledFeatures: [],
  id: WORKSPACE,
  name: 'w',
  createdAt: 0,
  region: 'us',
};

let dataDir: string;
let store: Store;
let receiver: Receiver;
let running: Webhooks[] = [];
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const attempted = vi.fn();

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'whorl-worker-'));
  store = await openStore({ dataDir });
  await store.migrate();
  await store.createWorkspace(workspace);
  await store.createEnvironment({
    id: ENVIRONMENT,
    workspaceId: WORKSPACE,
    name: 'e',
    allowedOrigins: [],
    sealingKey: null,
    createdAt: 0,
  });
  receiver = await startReceiver();
  vi.clearAllMocks();
});
afterEach(async () => {
  for (const each of running) await each.stop();
  running = [];
  await receiver.stop();
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

const start = async (options: Partial<RetrySchedule> = {}): Promise<Webhooks> => {
  const webhooks = await createWebhooks({
    store,
    privateAddresses: true,
    gauges: { attempted },
    schedule: { ...schedule, ...options },
  });
  webhooks.start(log);
  running.push(webhooks);
  return webhooks;
};

const addWebhook = async (change: Partial<Webhook> = {}): Promise<Webhook> => {
  const choice = {
    workspaceId: WORKSPACE,
    environmentIds: null,
    url: receiver.url,
    version: 'v4',
    enabled: true,
  } as const;
  const webhook = { ...makeWebhook(choice, Date.now()), ...change };
  await store.createWebhook(webhook);
  return webhook;
};

/** Records events that are due now. */
const recordAll = async (webhookIds: string[], visitors: string[]): Promise<string[]> => {
  const oldest = Date.now() - DELIVERY_WAIT - 1_000;
  const records = visitors.map((visitorId, at) => sampleRecord({ visitorId, time: oldest + at }, { webhookIds }));
  await store.record(records);
  return records.map(({ event }) => event.id);
};

const visitor = (letter: string): string => letter.repeat(20);
const idOf = ({ body }: Received): string => (JSON.parse(body.toString()) as { event_id: string }).event_id;
const deliveries = (): Promise<Delivery[]> => store.deliveries({ workspaceId: WORKSPACE, limit: 1_000 });

/** Waits until nothing is pending. */
const settled = async (): Promise<void> => {
  await vi.waitFor(async () => expect((await store.pendingDeliveries()).count).toBe(0), {
    timeout: 15_000,
    interval: 20,
  });
};

describe('delivery', () => {
  it('posts the event as it is at that moment, signed by every secret', async () => {
    const webhook = await addWebhook();
    const secrets = [makeSecret(1), ...webhook.secrets];
    await store.changeWebhook(WORKSPACE, webhook.id, () => ({ secrets }));
    const [id = ''] = await recordAll([webhook.id], [visitor('a')]);
    await store.reviseEvent(WORKSPACE, id, (event) => ({ ...event, linkedId: 'late' }));
    await start();
    await settled();

    const [got] = receiver.received;
    expect(JSON.parse(got?.body.toString() ?? '')).toMatchObject({ event_id: id, linked_id: 'late' });
    expect(got?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Whorl' });
    const signatures = secrets.map(
      ({ value }) =>
        `v1=${createHmac('sha256', value)
          .update(got?.body ?? '')
          .digest('hex')}`,
    );
    expect(got?.headers['fpjs-event-signature']).toBe(signatures.join(','));
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({
      state: 'delivered',
      nextAttemptAt: null,
      attempts: [{ status: 200, error: null }],
    });
    expect(attempted).toHaveBeenCalledExactlyOnceWith('delivered', expect.any(Number));
  });

  it('writes the v3 body where that is asked for, without what is switched off', async () => {
    await store.changeWorkspace(WORKSPACE, () => ({ disabledFeatures: ['vpn'] }));
    const webhook = await addWebhook({ version: 'v3' });
    const [id] = await recordAll([webhook.id], [visitor('a')]);
    await start();
    await settled();
    const body = JSON.parse(receiver.received[0]?.body.toString() ?? '') as Record<string, unknown>;
    expect(body).toMatchObject({ requestId: id, visitorId: visitor('a'), tor: { result: false } });
    expect(body).not.toHaveProperty('vpn');
  });

  it('logs both attempts where a kept connection broke off', async () => {
    const webhook = await addWebhook();
    const { wake } = await start();
    await recordAll([webhook.id], [visitor('a')]);
    wake();
    await settled();
    receiver.behave((_, response) => {
      receiver.behave(answerWith(204));
      response.socket?.resetAndDestroy();
    });
    const [id] = await recordAll([webhook.id], [visitor('b')]);
    wake();
    await settled();
    expect(receiver.received.slice(1).map(idOf)).toEqual([id, id]);
    const delivery = (await deliveries()).find(({ requestId }) => requestId === id);
    const lost = { status: null, error: 'the connection was closed without an answer' };
    expect(delivery).toMatchObject({ state: 'delivered', attempts: [lost, { status: 204, error: null }] });
    expect(attempted.mock.calls.map(([outcome]) => outcome)).toEqual(['delivered', 'retried', 'delivered']);
  });

  it('keeps the order of each visitor through failures', async () => {
    const webhook = await addWebhook();
    const visitors = ['a', 'b', 'a', 'b', 'a', 'c', 'a'].map(visitor);
    let count = 0;
    receiver.behave((got, response) => answerWith(count++ % 3 === 0 ? 503 : 200)(got, response));
    const ids = await recordAll([webhook.id], visitors);
    await start();
    await settled();

    for (const letter of ['a', 'b', 'c']) {
      const wanted = ids.filter((_, at) => visitors[at] === visitor(letter));
      const got = [...new Set(receiver.received.map(idOf))].filter((id) => wanted.includes(id));
      expect(got).toEqual(wanted);
    }
    expect((await deliveries()).every(({ state }) => state === 'delivered')).toBe(true);
    expect(receiver.received.length).toBeGreaterThan(visitors.length);
  });

  it('has several under way, one of each visitor', async () => {
    const webhook = await addWebhook();
    receiver.behave((got, response) => void sleep(50).then(() => answerWith(200)(got, response)));
    await recordAll(
      [webhook.id],
      [...'abcdef'].flatMap((letter) => [visitor(letter), visitor(letter)]),
    );
    await start();
    await settled();
    expect(Math.max(...receiver.received.map(({ open }) => open))).toBeGreaterThanOrEqual(3);
    expect(Math.max(...receiver.received.map(({ open }) => open))).toBeLessThan(6);
  });

  it('does not let a receiver that never answers hold up the others', async () => {
    const silent = await startReceiver();
    silent.behave(() => {});
    const dead = await addWebhook({ url: silent.url });
    const alive = await addWebhook();
    const visitors = Array.from({ length: 60 }, (_, at) => String(at).padStart(20, '0'));
    await recordAll([dead.id], visitors);
    await recordAll([alive.id], visitors);
    const begun = Date.now();
    await start();
    await receiver.arrived(60);
    expect(Date.now() - begun).toBeLessThan(2_500);
    expect(silent.received.length).toBeLessThanOrEqual(8);
    await silent.stop();
  });

  it('does not let the receivers of one workspace that never answer hold up another workspace', async () => {
    const other = 'ws_00000000000000ff';
    await store.createWorkspace({ ...workspace, id: other, name: 'other' });
    const silent: string[] = [];
    for (let count = 0; count < 100; count++) {
      silent.push((await addWebhook({ workspaceId: other, url: 'http://silent.test/' })).id);
    }
    const alive = await addWebhook();
    const visitors = Array.from({ length: 30 }, (_, at) => String(at).padStart(20, '0'));
    // Theirs are due before ours.
    const oldest = Date.now() - DELIVERY_WAIT - 60_000;
    await store.record(
      visitors.map((visitorId, at) =>
        sampleRecord({ visitorId, workspaceId: other, time: oldest + at }, { webhookIds: silent }),
      ),
    );
    const ids = await recordAll([alive.id], visitors);

    const delivered: string[] = [];
    const unanswered: (() => void)[] = [];
    const nothing = { status: null, error: 'no answer', wish: null, lost: null };
    const post: Post = (url, body) => {
      if (url === 'http://silent.test/') return new Promise((done) => unanswered.push(() => done(nothing)));
      delivered.push((JSON.parse(body.toString()) as { event_id: string }).event_id);
      return Promise.resolve({ ...nothing, status: 200, error: null });
    };
    const directory = new WebhookDirectory(store);
    await directory.refresh();
    const reporter = new DeliveryReporter(log, { attempted });
    const worker = new DeliveryWorker({ store, directory, post, schedule, reporter });
    worker.start();
    await vi.waitFor(() => expect(delivered).toHaveLength(30), { timeout: 15_000 });
    const stopped = worker.stop();
    for (const answer of unanswered) answer();
    await stopped;
    expect(delivered.toSorted()).toEqual(ids.toSorted());
    expect(unanswered.length).toBeLessThan(256 / 2 + 8);
  }, 20_000);

  it.each([
    ['a redirect', 302, 'pending'],
    ['a refusal', 400, 'pending'],
    ['trouble', 500, 'pending'],
    ['that it is gone', 410, 'failed'],
  ])('takes %s for what it is', async (_, status, state) => {
    const webhook = await addWebhook();
    receiver.behave(answerWith(status, { location: 'http://127.0.0.1:1/' }));
    await recordAll([webhook.id], [visitor('a')]);
    await start({ pauses: [60_000] });
    await vi.waitFor(async () => {
      const [delivery] = await deliveries();
      expect(delivery).toMatchObject({ state, attempts: [{ status }] });
    });
    expect(receiver.received.length).toBe(1);
  });

  it('waits as long as the receiver asks', async () => {
    const webhook = await addWebhook();
    receiver.behave(answerWith(429, { 'retry-after': '30' }));
    await recordAll([webhook.id], [visitor('a')]);
    await start();
    await vi.waitFor(async () => {
      const [delivery] = await deliveries();
      expect((delivery?.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(25_000);
    });
  });

  it('gives up after its lifetime, and sends again by hand', async () => {
    const webhook = await addWebhook();
    receiver.behave(answerWith(500));
    await recordAll([webhook.id], [visitor('a')]);
    const { wake } = await start({ lifetime: 0 });
    await settled();
    const [failed] = await deliveries();
    expect(failed).toMatchObject({ state: 'failed', attempts: [{ status: 500 }] });
    expect(log.warn).toHaveBeenCalledWith(expect.objectContaining({ deliveryId: failed?.id }), expect.any(String));

    receiver.behave(answerWith(204));
    await store.resendDelivery(WORKSPACE, failed?.id ?? '', Date.now());
    wake();
    await settled();
    expect((await deliveries())[0]).toMatchObject({ state: 'delivered', attempts: [{ status: 500 }, { status: 204 }] });
  });

  it('sends nothing of an event whose visitor was erased', async () => {
    const webhook = await addWebhook();
    receiver.behave(answerWith(500));
    await recordAll([webhook.id], [visitor('a'), visitor('b')]);
    await store.eraseVisitor(WORKSPACE, visitor('a'));
    receiver.behave(answerWith(200));
    await start();
    await settled();
    await sleep(50);
    expect(receiver.received.map((got) => got.body.toString().includes(visitor('a')))).toEqual([false]);
  });

  it('counts an event that cannot be written as an attempt, and goes on with the others', async () => {
    const webhook = await addWebhook();
    const [id = '', other] = await recordAll([webhook.id], [visitor('a'), visitor('b')]);
    await store.reviseEvent(WORKSPACE, id, (event) => ({ ...event, browser: null as never }));
    await start({ pauses: [60_000] });
    await receiver.arrived(1);
    expect(receiver.received.map(idOf)).toEqual([other]);
    await vi.waitFor(async () => {
      const broken = (await deliveries()).find(({ requestId }) => requestId === id);
      expect(broken).toMatchObject({ state: 'pending', attempts: [{ status: null, error: expect.any(String) }] });
    });
    expect(log.error).toHaveBeenCalledOnce();
  });

  it.each([
    ['the feature', { disabledFeatures: ['webhooks'] }, { disabledFeatures: [] }],
    ['the workspace', { active: false }, { active: true }],
  ] as const)('lets deliveries wait while %s is switched off', async (_, off, on) => {
    const webhook = await addWebhook();
    await recordAll([webhook.id], [visitor('a')]);
    const change = (wish: typeof off | typeof on) => store.changeWorkspace(WORKSPACE, () => wish as WorkspaceChange);
    await change(off);
    const { directory, wake } = await start();
    await sleep(150);
    expect(receiver.received).toEqual([]);
    await change(on);
    await directory.refresh();
    wake();
    await receiver.arrived(1);
  });

  it('shares the work between servers, and sends each event once', async () => {
    const webhook = await addWebhook();
    const ids = await recordAll(
      [webhook.id],
      Array.from({ length: 40 }, (_, at) => String(at).padStart(20, '0')),
    );
    await Promise.all([start(), start()]);
    await settled();
    expect(receiver.received.map(idOf).toSorted()).toEqual(ids.toSorted());
  });

  it('takes over what a killed server had taken, when its lease has run out', async () => {
    const webhook = await addWebhook();
    const [id] = await recordAll([webhook.id], [visitor('a')]);
    // What a server does before it dies: it takes the delivery and is never heard of again.
    expect(await store.claimDeliveries(Date.now(), 300, 8)).toHaveLength(1);
    const begun = Date.now();
    await start();
    await receiver.arrived(1);
    expect(receiver.received.map(idOf)).toEqual([id]);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(250);
  });

  it('ends what is under way when it stops, and begins nothing more', async () => {
    const webhook = await addWebhook();
    receiver.behave((got, response) => void sleep(200).then(() => answerWith(200)(got, response)));
    await recordAll([webhook.id], [visitor('a'), visitor('a'), visitor('a')]);
    const webhooks = await start();
    await receiver.arrived(1);
    await webhooks.stop();
    expect((await deliveries()).map(({ state }) => state).toSorted()).toEqual(['delivered', 'pending', 'pending']);
    await sleep(300);
    expect(receiver.received.length).toBe(1);
  });

  it('says once that a webhook fails, and that it works again', async () => {
    const webhook = await addWebhook();
    let count = 0;
    receiver.behave((got, response) => answerWith(count++ < 5 ? 500 : 200)(got, response));
    await recordAll([webhook.id], ['a', 'b', 'c'].map(visitor));
    await start();
    await settled();
    expect(log.warn).toHaveBeenCalledOnce();
    expect(log.info).toHaveBeenCalledExactlyOnceWith({ webhookId: webhook.id }, 'a webhook works again');
    expect(attempted.mock.calls.filter(([outcome]) => outcome === 'retried')).toHaveLength(5);
  });
});
