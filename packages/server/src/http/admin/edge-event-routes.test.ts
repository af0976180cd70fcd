import { describe, expect, it, vi } from 'vitest';
import { sampleEdgeEvent } from '../../storage/testing/sample-edge-event.ts';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage, makeWorkspace } = useManagement();

/** Judges a request by the API of version 4; returns the event's id. */
const judge = async (address: Record<string, string>, linkedId?: string): Promise<string> => {
  const answer = await server().app.inject({
    method: 'POST',
    url: '/v4/edge',
    headers: { authorization: `Bearer ${server().secretKey}` },
    payload: {
      headers: [{ name: 'Host', value: 'shop.example' }],
      method: 'GET',
      url: 'https://shop.example/',
      ...address,
      ...(linkedId === undefined ? {} : { linked_id: linkedId }),
    },
  });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ event_id: string }>().event_id;
};

const statusOf = async (eventId: string): Promise<number> => {
  const headers = { authorization: `Bearer ${server().secretKey}` };
  return (await server().app.inject({ url: `/v4/events/${eventId}`, headers })).statusCode;
};

const erase = (body: unknown, workspaceId = server().first.workspace.id, key = server().managementKey) =>
  manage('POST', `/workspaces/${workspaceId}/edge-events/erase`, { key, body });

describe('/edge-events/erase', () => {
  it('erases by either address of a client, by a network, a linked id and an event id', async () => {
    const ids = {
      v4: await judge({ ipv4_address: '203.0.113.9' }),
      both: await judge({ ipv4_address: '203.0.113.10', ipv6_address: '2001:db8:1:2::9' }),
      customer: await judge({ ipv6_address: '2001:db8:5::1' }, 'customer'),
      neighbours: [await judge({ ipv4_address: '198.51.100.7' }), await judge({ ipv4_address: '198.51.100.8' })],
      other: await judge({ ipv4_address: '192.0.2.1' }),
    };
    const network = '198.51.100.0/24';
    for (const [body, erased, gone] of [
      [{ ipAddress: '203.0.113.9' }, 1, [ids.v4]],
      [{ ipAddress: '2001:db8:1:2::/64' }, 1, [ids.both]],
      [{ linkedId: 'customer' }, 1, [ids.customer]],
      [{ ipAddress: network }, 2, ids.neighbours],
      [{ ipAddress: network }, 0, []],
      [{ eventId: ids.other }, 1, [ids.other]],
    ] as const) {
      for (const id of gone) expect(await statusOf(id)).toBe(200);
      expect((await erase(body)).json()).toEqual({ erased });
      for (const id of gone) expect(await statusOf(id)).toBe(404);
    }
  });

  it.each([
    {},
    { ipAddress: '203.0.113.9', linkedId: 'customer' },
    { address: '203.0.113.9' },
    { ipAddress: '' },
    { ipAddress: 'shop.example' },
    { ipAddress: '203.0.113.9/33' },
    { ipAddress: 17 },
    { linkedId: '' },
    { linkedId: 'x'.repeat(257) },
    { eventId: 'nonsense' },
    { eventId: null },
    null,
    [],
  ])('refuses %j and erases nothing', async (body) => {
    const id = await judge({ ipv4_address: '203.0.113.9' }, 'customer');
    const answer = await erase(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.code).toBe('RequestCannotBeParsed');
    expect(await statusOf(id)).toBe(200);
  });

  it('reaches no other workspace, and works where the feature is off', async () => {
    const mine = await makeWorkspace('edge off', { disabledFeatures: ['edge'] });
    const event = sampleEdgeEvent({ workspaceId: mine.id, environmentId: null, ip: '203.0.113.77' });
    await server().store.recordEdge([event]);
    const others = await judge({ ipv4_address: '203.0.113.77' });
    expect((await erase({ ipAddress: '203.0.113.77' }, server().first.workspace.id, mine.key)).statusCode).toBe(404);
    expect((await erase({ ipAddress: '203.0.113.77' }, mine.id, mine.key)).json()).toEqual({ erased: 1 });
    expect(await server().store.edgeEvent({ workspaceId: mine.id }, event.id)).toBeUndefined();
    expect(await statusOf(others)).toBe(200);
  });

  it('leaves no trace of what it erased by in the log', async () => {
    const lines: string[] = [];
    server().app.log.level = 'info';
    const written = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      lines.push(String(text));
      return true;
    });
    try {
      await erase({ linkedId: 'never-to-be-seen' });
    } finally {
      written.mockRestore();
      server().app.log.level = 'error';
    }
    expect(lines.join('')).not.toContain('never-to-be-seen');
  });
});
