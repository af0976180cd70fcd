import { setTimeout as sleep } from 'node:timers/promises';
import { launchDriven, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { officialClient } from './official-client.ts';
import { startSite } from './site.ts';

const SENDERS = 32;
const AT_MOST = 2_000;

let whorl: RunningWhorl;
let observation: Observation;

beforeAll(async () => {
  whorl = await startWhorl();
  const site = await startSite(whorl);
  const browser = await launchDriven();
  observation = await recordObservation(await browser.newPage(), site);
  await browser.close();
  await site.stop();
});
afterAll(() => whorl?.stop());

/** What the senders learned: events that were acknowledged, and requests that were under way when the server died. */
type Load = { acknowledged: { requestId: string; linkedId: string }[]; broken: number };

/** Posts from many senders at once until the server is gone. */
const loadUntilGone = async (round: string): Promise<Load> => {
  const { observe } = ingestClient(whorl);
  const load: Load = { acknowledged: [], broken: 0 };
  let sent = 0;
  const send = async (): Promise<void> => {
    while (sent < AT_MOST) {
      sent += 1;
      const linkedId = `${round}-${sent}`;
      try {
        const { status, body, text } = await observe(observation, { linkedId });
        // What a server that is about to stop answers to those who come too late.
        if (status === 503) return;
        if (status !== 200) throw new Error(`refused: ${text}`);
        load.acknowledged.push({ requestId: (body as { requestId: string }).requestId, linkedId });
      } catch (error) {
        // fetch rejects with a TypeError when the connection breaks: this sender's server is gone.
        if (!(error instanceof TypeError)) throw error;
        load.broken += 1;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  return load;
};

/** The linked id of each event as the official SDK reads it back, in order. */
const readBack = async (requestIds: string[]): Promise<(string | undefined)[]> => {
  const client = officialClient(whorl);
  const linkedIds: (string | undefined)[] = [];
  let next = 0;
  const read = async (): Promise<void> => {
    while (next < requestIds.length) {
      const index = next++;
      const event = await client.getEvent(requestIds[index] ?? '');
      linkedIds[index] = event.products.identification?.data?.linkedId;
    }
  };
  await Promise.all(Array.from({ length: 8 }, read));
  return linkedIds;
};

describe('a server that is killed during load', () => {
  // Times differ so that the kill falls into different moments of a commit.
  it.each([400, 1_100, 1_730])('has every acknowledged event after a restart (killed after %i ms)', async (ms) => {
    const load = loadUntilGone(`killed-${ms}`);
    await sleep(ms);
    await whorl.kill();
    const { acknowledged, broken } = await load;
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(broken).toBeGreaterThan(0);

    await whorl.restart();
    const linkedIds = await readBack(acknowledged.map(({ requestId }) => requestId));
    expect(linkedIds).toEqual(acknowledged.map(({ linkedId }) => linkedId));
  });

  it('goes on taking observations afterwards', async () => {
    const { status, body } = await ingestClient(whorl).observe(observation, { linkedId: 'afterwards' });
    expect(status).toBe(200);
    expect(await readBack([(body as { requestId: string }).requestId])).toEqual(['afterwards']);
  });
});

describe('a server that is asked to stop during load', () => {
  it('ends by itself with code 0 and has every acknowledged event after a restart', async () => {
    const load = loadUntilGone('stopped');
    await sleep(700);
    expect(await whorl.terminate()).toBe(0);
    const { acknowledged } = await load;
    expect(acknowledged.length).toBeGreaterThan(0);
    await whorl.restart();
    const linkedIds = await readBack(acknowledged.map(({ requestId }) => requestId));
    expect(linkedIds).toEqual(acknowledged.map(({ linkedId }) => linkedId));
  });
});
