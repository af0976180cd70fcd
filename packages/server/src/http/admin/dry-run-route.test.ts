import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { DryRunReport, type RulesetDraft } from '@whorl/contract';
import { Check } from 'typebox/value';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rulesetDraft as draft, useRulesets } from '../../testing/use-rulesets.ts';

const { server, ask, create, visit } = useRulesets();

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a dry run', () => {
  const dryRun = async (payload: object): Promise<DryRunReport> => {
    const answer = await ask('POST', '/dry-run', payload);
    expect(answer.statusCode, answer.body).toBe(200);
    const report = answer.json<DryRunReport>();
    expect(Check(DryRunReport, report)).toBe(true);
    return report;
  };

  const byTag = (name: string, cart: number): RulesetDraft => ({
    name,
    rules: [
      {
        id: name,
        name,
        when: { all: [{ field: 'tags.cart', operator: 'at_least', value: cart }] },
        action: { type: 'block' },
      },
    ],
  });

  it('counts what a ruleset would have done with past events, rule by rule', async () => {
    const ids: string[] = [];
    for (const cart of [1, 5, 9]) ids.push((await visit({ change: { tag: { cart } } })).requestId);
    const report = await dryRun({ ruleset: byTag('big', 5) });
    expect(report).toMatchObject({ events: 3, complete: true, actions: { allow: 1, block: 2 } });
    expect(report.rules).toEqual([
      {
        ruleId: 'big',
        name: 'big',
        expression: 'tags.cart >= 5',
        action: { type: 'block' },
        events: 2,
        share: 2 / 3,
        examples: [ids[2], ids[1]],
      },
      {
        ruleId: null,
        name: null,
        expression: null,
        action: { type: 'allow' },
        events: 1,
        share: 1 / 3,
        examples: [ids[0]],
      },
    ]);

    const { id: against } = await create(byTag('small', 1));
    const { against: compared } = await dryRun({ ruleset: byTag('big', 5), against });
    expect(compared).toEqual({
      rulesetId: against,
      changed: 1,
      share: 1 / 3,
      changes: [
        {
          before: { ruleId: 'small', action: { type: 'block' } },
          after: { ruleId: null, action: { type: 'allow' } },
          events: 1,
          examples: [ids[0]],
        },
      ],
    });

    expect(await dryRun({ rulesetId: against, limit: 2 })).toMatchObject({ events: 2, complete: false });
    const times = ids.map((id) => Number(id.slice(0, 13)));
    const end = times[1] ?? 0;
    const before = times.filter((time) => time < end);
    expect(await dryRun({ rulesetId: against, start: 1, end })).toMatchObject({
      events: before.length,
      oldest: before[0] ?? null,
    });
    const environmentIds = [server().first.environment.id];
    expect(await dryRun({ rulesetId: against, environmentIds })).toMatchObject({ events: 3, complete: true });
  });

  it('judges events of the edge where `source` says so', async () => {
    await visit({ change: { tag: { cart: 9 } } });
    const reported = await server().app.inject({
      method: 'POST',
      url: '/v4/edge',
      headers: { authorization: `Bearer ${server().secretKey}`, 'content-type': 'application/json' },
      payload: {
        headers: [{ name: 'User-Agent', value: 'curl/8.14.1' }],
        method: 'GET',
        url: 'https://shop.example/api',
        ipv4_address: '203.0.114.9',
        tags: { cart: 7 },
      },
    });
    const { event_id: id } = reported.json<{ event_id: string }>();
    const report = await dryRun({ ruleset: byTag('big', 5), source: 'edge' });
    expect(report).toMatchObject({ events: 1, actions: { allow: 0, block: 1 } });
    expect(report.rules[0]?.examples).toEqual([id]);
    const clients = await dryRun({ ruleset: byTag('big', 5), source: 'device' });
    expect(clients).toEqual(await dryRun({ ruleset: byTag('big', 5), start: clients.start, end: clients.end }));
    expect(clients.rules[0]?.examples).not.toContain(id);
    expect(clients.events).toBeGreaterThan(0);
  });

  it('of an environment that is not there is not found', async () => {
    const environmentIds = [server().first.environment.id, 'ae_0123456789abcdef'];
    const answer = await ask('POST', '/dry-run', { ruleset: draft, environmentIds });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error.code).toBe('EnvironmentNotFound');
  });

  it('is refused while another one of the workspace is under way, and not after it', async () => {
    const { store } = server();
    const search = store.searchEvents.bind(store);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const spy = vi.spyOn(store, 'searchEvents').mockImplementationOnce(async (wanted) => {
      await held;
      return search(wanted);
    });
    const first = ask('POST', '/dry-run', { ruleset: draft });
    await vi.waitFor(() => expect(spy).toHaveBeenCalledOnce());
    const second = await ask('POST', '/dry-run', { ruleset: draft });
    expect(second.statusCode).toBe(409);
    expect(second.json().error.code).toBe('DryRunUnderWay');
    release();
    expect((await first).statusCode).toBe(200);
    await dryRun({ ruleset: draft });
  });

  it('that fails does not keep the next one waiting', async () => {
    vi.spyOn(server().store, 'searchEvents').mockRejectedValueOnce(new Error('the disk is gone'));
    expect((await ask('POST', '/dry-run', { ruleset: draft })).statusCode).toBe(500);
    await dryRun({ ruleset: draft });
  });

  it('whose client goes away ends, and does not keep the next one waiting', async () => {
    await visit();
    const { app, store, first } = server();
    const path = `/admin/v1/workspaces/${first.workspace.id}/rulesets/dry-run`;
    const search = store.searchEvents.bind(store);
    const connected = new Promise<Socket>((resolve) => app.server.once('connection', resolve));
    const spy = vi.spyOn(store, 'searchEvents').mockImplementationOnce(async (wanted) => {
      client.destroy();
      await once(await connected, 'close');
      return { ...(await search(wanted)), more: true };
    });
    const client = request(`${await app.listen({ host: '127.0.0.1', port: 0 })}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server().managementKey}`, 'content-type': 'application/json' },
    });
    client.end(JSON.stringify({ ruleset: draft }));
    await expect(once(client, 'response')).rejects.toThrow('socket hang up');
    await vi.waitFor(() => dryRun({ ruleset: draft }));
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it.each<[string, object, string]>([
    ['no ruleset', {}, '/ruleset'],
    ['two rulesets', { ruleset: draft, rulesetId: 'aaaaaaaaaaaaaaaa' }, '/rulesetId'],
    ['a ruleset with faults', { ruleset: { name: 'x', rules: [{}] } }, '/ruleset/rules/0/name'],
    ['a limit of 0', { ruleset: draft, limit: 0 }, '/limit'],
    ['a limit over the most', { ruleset: draft, limit: 10_001 }, '/limit'],
    ['times the wrong way round', { ruleset: draft, start: 2, end: 1 }, '/start'],
    ['a time beyond all dates', { ruleset: draft, end: 1e300 }, '/end'],
    ['another source', { ruleset: draft, source: 'all' }, '/source'],
    ['a field of its own', { ruleset: draft, days: 7 }, '/days'],
  ])('is refused with %s', async (_, payload, field) => {
    const answer = await ask('POST', '/dry-run', payload);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json().error.detail[0].field).toBe(field);
  });

  it('of a ruleset that is not there is not found', async () => {
    for (const payload of [{ rulesetId: 'aaaaaaaaaaaaaaaa' }, { ruleset: draft, against: 'aaaaaaaaaaaaaaaa' }]) {
      expect((await ask('POST', '/dry-run', payload)).json().error.code).toBe('RulesetNotFound');
    }
  });
});
