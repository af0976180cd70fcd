import type { V3Event, Workspace } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useManagement } from '../testing/use-management.ts';

const { server, makeWorkspace, visit } = useManagement();

const GUEST = { linkedId: 'guest' };

/** A workspace with two environments, each with its public key, and a secret key for its events alone. */
const makeSite = async (name: string, identity: Workspace['identity']) => {
  const { id, environmentId, make } = await makeWorkspace(name, { identity });
  const staging = `ae_${name.padEnd(16, '0')}`;
  const more = { workspaceId: id, name: 'staging', allowedOrigins: [], sealingKey: null, createdAt: 0 };
  await server().store.createEnvironment({ ...more, id: staging });
  const keysOf = async (environment: string) => ({
    public: await make('public', environment),
    secret: await make('secret', environment),
  });
  const keys = { production: await keysOf(environmentId), staging: await keysOf(staging) };

  /** A visit of one browser, with what its event says of the last day. */
  const see = async (where: keyof typeof keys) => {
    const { requestId } = await visit({ key: keys[where].public, change: GUEST });
    const read = async (url: string, headers: Record<string, string>) => {
      const answer = await server().app.inject({ method: 'GET', url, headers });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer;
    };
    const { secret } = keys[where];
    const v3 = (await read(`/events/${requestId}`, { 'auth-api-key': secret })).json<V3Event>();
    const v4 = await read(`/v4/events/${requestId}`, {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
    });
    const counted = v3.products.velocity?.data;
    const day = {
      events: counted?.events?.intervals?.['24h'],
      ipEvents: counted?.ipEvents?.intervals?.['24h'],
      ips: counted?.distinctIpByLinkedId?.intervals?.['24h'],
      visitors: counted?.distinctVisitorIdByLinkedId?.intervals?.['24h'],
    };
    expect(v4.json()).toMatchObject({
      velocity: {
        events: { '24_hours': day.events },
        ip_events: { '24_hours': day.ipEvents },
        distinct_ip_by_linked_id: { '24_hours': day.ips },
        distinct_visitor_id_by_linked_id: { '24_hours': day.visitors },
      },
    });
    return day;
  };
  const change = (wanted: Workspace['identity']) => server().store.changeWorkspace(id, () => ({ identity: wanted }));
  const seal = (sealingKey: string | null) =>
    server().store.changeEnvironment(id, environmentId, () => ({ sealingKey }));
  return { see, change, seal };
};

describe('velocity of one browser in two environments', () => {
  it('counts both where identities are shared', async () => {
    const { see } = await makeSite('0a', 'shared');
    await see('production');
    expect(await see('staging')).toEqual({ events: 2, ipEvents: 2, ips: 1, visitors: 1 });
    expect(await see('production')).toEqual({ events: 3, ipEvents: 3, ips: 1, visitors: 1 });
  });

  it('counts each by itself where identities are separate', async () => {
    const { see } = await makeSite('0b', 'separate');
    for (const count of [1, 2, 3]) {
      expect(await see('production')).toEqual({ events: count, ipEvents: count, ips: 1, visitors: 1 });
    }
    expect(await see('staging')).toEqual({ events: 1, ipEvents: 1, ips: 1, visitors: 1 });
    expect(await see('production')).toMatchObject({ events: 4, ipEvents: 4, visitors: 1 });
  });

  it('begins anew when identities are separated, and goes on where it was once they are shared again', async () => {
    const { see, change } = await makeSite('0c', 'shared');
    await see('production');
    await see('staging');
    await change('separate');
    expect(await see('production')).toEqual({ events: 1, ipEvents: 1, ips: 1, visitors: 1 });
    expect(await see('staging')).toEqual({ events: 1, ipEvents: 1, ips: 1, visitors: 1 });
    await change('shared');
    expect(await see('staging')).toEqual({ events: 3, ipEvents: 3, ips: 1, visitors: 1 });
  });

  it('tells an open environment nothing of a sealed one', async () => {
    const { see, seal } = await makeSite('0d', 'shared');
    await seal(Buffer.alloc(32, 1).toString('base64'));
    await see('production');
    await see('production');
    expect(await see('staging')).toEqual({ events: 1, ipEvents: 1, ips: 1, visitors: 1 });
    expect(await see('production')).toEqual({ events: 3, ipEvents: 3, ips: 1, visitors: 1 });
  });
});
