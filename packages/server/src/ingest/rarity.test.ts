import type { Event, V4Event } from '@whorl/contract';
import { hashText, type Portrait, portray, readClient } from '@whorl/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { CountedCrowd } from '../../../engine/src/testing/counted-crowd.ts';
import { asStored } from '../storage/packed-raises.ts';
import { scopedKey } from '../storage/scoped-key.ts';
import { chromiumSources, chromiumUserAgent, machineSources } from '../testing/chromium-sources.ts';
import { useManagement } from '../testing/use-management.ts';
import { checkComponents } from './check-components.ts';

const { server, visit, eventOf, makeWorkspace } = useManagement();

const wire = (value: unknown) => ({ v: value, d: 1 });
const other = wire({ ...Object(chromiumSources().webGlBasics?.v), rendererUnmasked: 'Mesa B' });
const usual = chromiumSources();
const gamer = { ...chromiumSources(), webGlBasics: other, hardwareConcurrency: wire(16) };
const mixed = { ...chromiumSources(), hardwareConcurrency: wire(16) };
const odd = { ...machineSources('odd one'), hardwareConcurrency: wire(3), deviceMemory: wire(0.5), webGlBasics: other };

const portraitOf = (sources: typeof usual): Portrait => {
  const components = checkComponents(sources, 'js');
  const browser = readClient('js', components, chromiumUserAgent);
  return portray({ components, browser, address: '', network: '' }, Date.now());
};

/** Visitors of days before, as the store keeps them. */
const fill = async (scope: string) => {
  const crowd = new CountedCrowd().add(1_000, portraitOf(usual)).add(600, portraitOf(gamer));
  const scoped = crowd.counted().map(({ key, by }) => ({ key: scopedKey(hashText(scope), key), by }));
  await server().store.raiseCounts(asStored(scoped, Date.now()));
};

const recorded = async (requestId: string): Promise<Event> => {
  const event = await server().store.event({ workspaceId: server().first.workspace.id }, requestId);
  if (event === undefined || !('signals' in event)) throw new Error('the event is not there');
  return event;
};

const v4Of = async (requestId: string): Promise<V4Event> => {
  const headers = { authorization: `Bearer ${server().secretKey}` };
  return (await server().app.inject({ method: 'GET', url: `/v4/events/${requestId}`, headers })).json();
};

describe('rarity among the visitors of a workspace', () => {
  beforeAll(() => fill(server().first.workspace.id));

  it('calls what most have common, in v3 and v4', async () => {
    const { requestId } = await visit({ change: { sources: usual } });
    expect((await eventOf(requestId)).products.rareDevice).toEqual({
      data: { result: false, percentileBucket: '<p95' },
    });
    expect(await v4Of(requestId)).toMatchObject({ rare_device: false, rare_device_percentile_bucket: '<p95' });
  });

  it('calls what nobody has rare, and does so again when it comes back, and a search finds it', async () => {
    const first = await visit({ ip: '198.51.100.7', change: { sources: odd } });
    expect(await v4Of(first.requestId)).toMatchObject({ rare_device: true, rare_device_percentile_bucket: 'not_seen' });
    const tokens = { localStorage: first.token };
    const again = await visit({ ip: '198.51.100.7', change: { sources: odd, tokens } });
    expect(again.visitorId).toBe(first.visitorId);
    expect((await eventOf(again.requestId)).products.rareDevice).toEqual({
      data: { result: true, percentileBucket: 'p99.9+' },
    });
    const url = '/events/search?limit=10&rare_device=true';
    const found = await server().app.inject({ method: 'GET', url, headers: { 'auth-api-key': server().secretKey } });
    expect(found.json<{ events: unknown[] }>().events).toHaveLength(2);
  });

  it('keeps a pair that nobody has as evidence of tampering, and gives no verdict', async () => {
    const { requestId } = await visit({ ip: '198.51.100.8', change: { sources: mixed } });
    const { tampering } = (await recorded(requestId)).signals;
    expect(tampering.state).toBe('clear');
    expect(tampering.data.anomalyScore).toBe(0.15);
    expect(tampering.evidence).toContainEqual(
      expect.objectContaining({
        value: expect.objectContaining({ attribute: 'cores', expected: expect.closeTo(375, -1) }),
        from: 'store',
      }),
    );
  });

  it('does not know in a workspace that has begun, whatever others have counted', async () => {
    const { environmentId, make } = await makeWorkspace('beginner');
    const { requestId } = await visit({ key: await make('public', environmentId), change: { sources: odd } });
    const headers = { authorization: `Bearer ${await make('secret')}` };
    const answer = await server().app.inject({ method: 'GET', url: `/v4/events/${requestId}`, headers });
    expect(answer.json()).not.toHaveProperty('rare_device');
  });
});
