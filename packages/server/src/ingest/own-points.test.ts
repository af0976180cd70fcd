import type { V4Event } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { chromiumSources, machineSources } from '../testing/chromium-sources.ts';
import { useManagement } from '../testing/use-management.ts';

const { server, manage, visit, eventOf } = useManagement();

/** A browser that says of itself that it is driven. */
const driven = {
  sources: {
    ...chromiumSources(),
    automation: { v: { webdriver: true, globals: [], navigatorOwn: [], patched: [] }, d: 1 },
  },
};

const scoresOf = async (requestId: string) => {
  const headers = { authorization: `Bearer ${server().secretKey}` };
  const v4 = await server().app.inject({ method: 'GET', url: `/v4/events/${requestId}`, headers });
  const { products } = await eventOf(requestId);
  return { v3: products.suspectScore?.data?.result, v4: v4.json<V4Event>().suspect_score };
};

const change = (body: object) => manage('PATCH', `/workspaces/${server().first.workspace.id}`, { body });

describe('points of a workspace', () => {
  it('count for events from then on, in v3 and v4, and change none that is stored', async () => {
    const before = await visit({ change: driven });
    expect(await scoresOf(before.requestId)).toEqual({ v3: 7, v4: 7 });
    await change({ suspectWeights: { bot: 40 } });
    const after = await visit({ change: driven });
    expect(await scoresOf(after.requestId)).toEqual({ v3: 40, v4: 40 });
    expect(await scoresOf(before.requestId)).toEqual({ v3: 7, v4: 7 });
    await change({ suspectWeights: { bot: null } });
    expect(await scoresOf((await visit({ change: driven })).requestId)).toEqual({ v3: 7, v4: 7 });
  });

  it('count for late evidence as they are when it comes', async () => {
    const { requestId, proof } = await visit();
    await change({ suspectWeights: { developerTools: 25 } });
    const sources = { developerTools: { v: { stackTraceHits: 3, probes: 9, elapsed: 1_900 }, d: 1_900 } };
    const answer = await server().app.inject({
      method: 'POST',
      url: `/ingest/v1/${server().publicKey}/supplement`,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      payload: JSON.stringify({ version: 1, requestId, proof, sources }),
    });
    expect(answer.json()).toMatchObject({ updated: ['developerTools'] });
    expect(await scoresOf(requestId)).toEqual({ v3: 25, v4: 25 });
    await change({ suspectWeights: { developerTools: null } });
  });
});

describe('the floor of high activity of a workspace', () => {
  it('is what a visitor must pass in a day', async () => {
    await change({ highActivityFloor: 2 });
    const sources = machineSources('a busy one');
    const first = await visit({ change: { sources } });
    const again = { change: { sources, tokens: { localStorage: first.token } } };
    const results = [];
    for (let more = 0; more < 2; more++) {
      const { requestId, visitorId } = await visit(again);
      expect(visitorId).toBe(first.visitorId);
      results.push((await eventOf(requestId)).products.highActivity?.data);
    }
    await change({ highActivityFloor: null });
    expect(results).toEqual([{ result: false }, { result: true, dailyRequests: 3 }]);
  });
});
