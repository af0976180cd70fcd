import { launchDriven, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  answerWith,
  type Received,
  type Receiver,
  startReceiver,
} from '../packages/server/src/webhooks/testing/start-receiver.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { eventually } from './eventually.ts';
import { ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { type ManagedWebhooks, managedWebhooks } from './managed-webhooks.ts';
import { managementSettings } from './management-client.ts';
import { officialClient, officialFunctions } from './official-client.ts';
import { officialFunctionsV4 } from './official-client-v4.ts';
import { startSite } from './site.ts';

const fitsV3 = sdkValidators('@fingerprintjs/fingerprintjs-pro-server-api');
const fitsV4 = sdkValidators('@fingerprint/node-sdk');

let whorl: RunningWhorl;
let receiver: Receiver;
let webhooks: ManagedWebhooks;
let observation: Observation;

beforeAll(async () => {
  whorl = await startWhorl({ env: { ...managementSettings, WHORL_WEBHOOK_PRIVATE_ADDRESSES: 'on' } });
  webhooks = await managedWebhooks(whorl);
  receiver = await startReceiver();
  const site = await startSite(whorl);
  const browser = await launchDriven();
  observation = await recordObservation(await browser.newPage(), site);
  await browser.close();
  await site.stop();
});
afterAll(async () => {
  await receiver?.stop();
  await whorl?.stop();
});

beforeEach(() => {
  receiver.received.length = 0;
  receiver.behave(answerWith(200));
});

const command = async <T>(...args: string[]): Promise<T> => {
  const { stdout, stderr, code } = await whorl.command(...args, '--json');
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as T;
};

const visit = async (linkedId: string, change: Record<string, unknown> = {}): Promise<string> => {
  const { status, body } = await ingestClient(whorl).observe(observation, { linkedId, ...change });
  expect(status).toBe(200);
  return (body as { requestId: string }).requestId;
};

const parse = ({ body }: Received) => JSON.parse(body.toString()) as Record<string, unknown>;

/** Both official verifiers, on the raw body. */
const isSignedBy = ({ headers, body }: Received, secret: string): boolean[] => {
  const header = String(headers['fpjs-event-signature']);
  return [officialFunctions, officialFunctionsV4].map((sdk) =>
    sdk.isValidWebhookSignature({ header, data: body, secret }),
  );
};

describe('a webhook', () => {
  it('of the v3 form carries the event and a signature that the official libraries accept', async () => {
    const { secret } = await webhooks.only('v3', receiver.url);
    const requestId = await visit('v3');
    await receiver.arrived(1);
    const [got] = receiver.received;
    if (got === undefined) throw new Error('nothing arrived');
    expect(parse(got)).toMatchObject({ requestId, linkedId: 'v3', url: observation.url });
    expectFit(fitsV3('Webhook'), parse(got));
    const stored = (await officialClient(whorl).getEvent(requestId)).products;
    expect(parse(got)).toMatchObject({
      visitorId: stored.identification?.data?.visitorId,
      tor: stored.tor?.data,
      suspectScore: stored.suspectScore?.data,
    });
    expect(isSignedBy(got, secret.value)).toEqual([true, true]);
    expect(isSignedBy(got, 'another secret')).toEqual([false, false]);
    expect(isSignedBy({ ...got, body: Buffer.concat([got.body, Buffer.from(' ')]) }, secret.value)).toEqual([
      false,
      false,
    ]);
  });

  it('of the v4 form carries what GET /v4/events/{event_id} answers', async () => {
    await webhooks.only('v4', receiver.url);
    const requestId = await visit('v4');
    await receiver.arrived(1);
    const answer = await fetch(`${whorl.url}/v4/events/${requestId}`, {
      headers: { authorization: `Bearer ${whorl.secretKey}` },
    });
    expect(receiver.received.map(parse)).toEqual([await answer.json()]);
    expectFit(fitsV4('Event'), receiver.received.map(parse)[0]);
  });

  it('is signed by the old and the new secret while it changes', async () => {
    const { id, secret } = await webhooks.only('v4', receiver.url);
    const next = await webhooks.addSecret(id);
    await visit('both');
    await receiver.arrived(1);
    await webhooks.removeSecret(id, secret.id);
    await visit('new');
    await receiver.arrived(2);
    const [both, only] = receiver.received;
    if (both === undefined || only === undefined) throw new Error('nothing arrived');
    expect([...isSignedBy(both, secret.value), ...isSignedBy(both, next.value)]).toEqual([true, true, true, true]);
    expect([...isSignedBy(only, secret.value), ...isSignedBy(only, next.value)]).toEqual([false, false, true, true]);
  });

  it('loses nothing though the receiver fails in every way and the server is killed', async () => {
    const { secret } = await webhooks.only('v4', receiver.url);
    const elsewhere = await startReceiver();
    let count = 0;
    receiver.behave((got, response) => {
      switch (count++ % 6) {
        case 0:
          return answerWith(503)(got, response);
        case 1:
          return void response.destroy();
        case 2:
          return answerWith(302, { location: elsewhere.url })(got, response);
        case 3:
          return; // No answer at all.
        case 4:
          return void response.writeHead(500).write('a body that never ends');
        default:
          return answerWith(429)(got, response);
      }
    });

    // Of one visitor, whose events go out one by one, and of six who show too little to be anyone known.
    const inOrder: string[] = [];
    for (let at = 0; at < 6; at++) inOrder.push(await visit(`one-${at}`));
    const strangers: string[] = [];
    const { timezone } = observation.sources;
    for (let at = 0; at < 6; at++) strangers.push(await visit(`stranger-${at}`, { sources: { timezone } }));
    const requestIds = [...inOrder, ...strangers];
    await receiver.arrived(6);
    await whorl.kill();
    await whorl.restart();

    // The receiver has recovered, and processes each event once, by its id.
    const processed = new Map<string, Received>();
    receiver.behave((got, response) => {
      processed.set(String(parse(got).event_id), got);
      answerWith(200)(got, response);
    });
    await eventually(
      async () => processed.size,
      (size) => size === requestIds.length,
      60_000,
    );
    expect([...processed.keys()].toSorted()).toEqual(requestIds.toSorted());
    for (const got of receiver.received) expect(isSignedBy(got, secret.value)).toEqual([true, true]);
    expect(elsewhere.received).toEqual([]);
    await elsewhere.stop();

    const log = await eventually(
      () => command<{ state: string; requestId: string; attempts: unknown[] }[]>('webhook', 'deliveries'),
      (deliveries) => deliveries.every(({ state }) => state === 'delivered'),
    );
    expect(log.map(({ state }) => state)).toEqual(requestIds.map(() => 'delivered'));
    expect(log.some(({ attempts }) => attempts.length > 1)).toBe(true);

    expect([...processed.keys()].filter((id) => inOrder.includes(id))).toEqual(inOrder);
  }, 180_000);

  it('does not reach into the own network unless it is allowed to', async () => {
    const guarded = await startWhorl();
    try {
      const refused = await guarded.command('webhook', 'create', '--url', receiver.url);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('WHORL_WEBHOOK_PRIVATE_ADDRESSES');
      // A name is looked up when it is posted to.
      await guarded.command('webhook', 'create', '--url', `http://localhost:${receiver.port}/`);
      const tried = await guarded.command('webhook', 'test');
      expect(tried.stdout).toContain('localhost has no public address');
      expect(receiver.received).toEqual([]);
    } finally {
      await guarded.stop();
    }
  });

  it('that a command makes is taken up by the running server', async () => {
    await webhooks.deleteAll();
    await command('webhook', 'create', '--url', receiver.url);
    // The server looks for what commands have changed every few seconds; events before that go nowhere.
    const got = await eventually(
      async () => {
        await visit('by command');
        return receiver.received;
      },
      ({ length }) => length > 0,
      30_000,
    );
    expect(got.length).toBeGreaterThan(0);
  });
});
