import { V3Event, V4Event } from '@whorl/contract';
import { signalRegistry } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../testing/use-test-server.ts';

const [isV3Event, isV4Event] = [Compile(V3Event), Compile(V4Event)];
const reason = new Error('out of order');
const fails = () => {
  throw reason;
};

const { server, visit, eventOf } = useTestServer({
  judgeOptions: { registry: { ...signalRegistry, tampering: fails, rareDevice: fails } },
});

const FAILED = { error: { code: 'Failed', message: 'internal server error' } };

describe('a judge that throws', () => {
  it('costs its own product alone: the visit is answered, recorded and shown', async () => {
    const { requestId, visitorId } = await visit();
    const event = await eventOf(requestId);
    expect([...isV3Event.Errors(event)]).toEqual([]);
    expect(event.products).toMatchObject({ tampering: FAILED, rareDevice: FAILED });
    expect(event.products.identification?.data?.visitorId).toBe(visitorId);
    expect(event.products.vpn?.data).toBeDefined();
    const { app, secretKey } = server();
    const headers = { authorization: `Bearer ${secretKey}` };
    const v4 = await app.inject({ url: `/v4/events/${requestId}`, headers });
    expect(v4.statusCode).toBe(200);
    expect([...isV4Event.Errors(v4.json())]).toEqual([]);
    expect(v4.json()).not.toHaveProperty('tampering');
    expect(v4.json()).toHaveProperty('vpn');
  });

  it('is told of, with the event that it failed on', async () => {
    server().failures.length = 0;
    const { requestId } = await visit();
    expect(server().failures).toEqual([
      { what: 'tampering', reason, requestId },
      { what: 'rareDevice', reason, requestId },
    ]);
    const metrics = await server().app.inject({ url: '/metrics' });
    expect(metrics.body).toMatch(/whorl_judgement_failures_total\{what="tampering"\} \d/);
  });

  it('costs late evidence nothing of the other products', async () => {
    const { requestId, proof } = await visit();
    const { app, publicKey, failures } = server();
    failures.length = 0;
    const developerTools = { v: { stackTraceHits: 3, probes: 12, elapsed: 2_500 }, d: 2_500 };
    const answer = await app.inject({
      method: 'POST',
      url: `/ingest/v1/${publicKey}/supplement`,
      payload: { version: 1, requestId, proof, sources: { developerTools } },
    });
    expect(answer.json()).toEqual({ requestId, updated: ['developerTools'] });
    expect(failures).toEqual([{ what: 'tampering', reason, requestId }]);
    const { products } = await eventOf(requestId);
    expect(products).toMatchObject({ tampering: FAILED, developerTools: { data: { result: true } } });
  });
});
