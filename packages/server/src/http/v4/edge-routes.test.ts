import { describe, expect, it } from 'vitest';
import { makeKey } from '../../keys/api-key.ts';
import { agent, INSIDE, INSIDE_V6, OUTSIDE, report, useEdgeServer } from './testing/use-edge-server.ts';

const { server, post, get, answerTo } = useEdgeServer();

describe('POST /v4/edge', () => {
  it('answers who it is, where it is and what it comes through', async () => {
    const answer = await answerTo(report({ linked_id: 'order 7', tags: { a: 1 } }));
    expect(answer).toEqual({
      event_id: expect.stringMatching(/^\d{13}\.[a-zA-Z0-9]{6}$/),
      timestamp: Number(answer.event_id.slice(0, 13)),
      source: 'edge',
      linked_id: 'order 7',
      tags: { a: 1 },
      url: 'https://shop.example/login?a=b',
      bot_info: {
        category: 'search_engine_crawler',
        provider: 'Google',
        provider_url: 'https://google.com',
        name: 'Googlebot',
        identity: 'verified',
        confidence: 'high',
      },
      ip_info: {
        v4: {
          address: INSIDE,
          geolocation: { accuracy_radius: 20, city_name: 'Ghent', country_code: 'BE', country_name: 'Belgium' },
          asn: '64500',
          asn_name: 'Example',
          asn_network: '198.51.100.0/24',
          datacenter_result: true,
          datacenter_name: 'Example Cloud',
        },
      },
      proxy: false,
      proxy_confidence: 'low',
      vpn: false,
      vpn_confidence: 'low',
      vpn_methods: { public_vpn: false, relay: false },
    });
  });

  it('calls an address outside a lie, and a listed proxy a proxy', async () => {
    const { bot_info, proxy, proxy_details } = await answerTo(report({ ipv4_address: OUTSIDE }));
    expect(bot_info).toMatchObject({ name: 'Googlebot', identity: 'spoofed' });
    expect(proxy).toBe(true);
    expect(proxy_details).toEqual({ proxy_type: 'data_center', last_seen_at: expect.any(Number) });
    expect((proxy_details?.last_seen_at ?? 1) % 3_600_000).toBe(0);
  });

  it('knows both addresses, and believes the one that proves', async () => {
    const { ip_info, bot_info } = await answerTo(report({ ipv4_address: OUTSIDE, ipv6_address: INSIDE_V6 }));
    expect([ip_info.v4?.address, ip_info.v6?.address]).toEqual([OUTSIDE, INSIDE_V6]);
    expect(bot_info?.identity).toBe('verified');
  });

  it('takes IPv4 out of IPv6', async () => {
    const { ipv4_address: _, ...rest } = report();
    const { ip_info } = await answerTo({ ...rest, ipv6_address: `::ffff:${INSIDE}` });
    expect(ip_info).toMatchObject({ v4: { address: INSIDE } });
    expect(ip_info.v6).toBeUndefined();
  });

  it('believes a signature, and no signature for another host', async () => {
    const headers = agent.sign(new URL('https://shop.example/login?a=b'));
    expect((await answerTo(report({ headers }))).bot_info).toEqual({
      category: 'unknown',
      provider: 'agent.example',
      name: 'agent.example',
      identity: 'signed',
      confidence: 'high',
    });
    const elsewhere = await answerTo(report({ headers, url: 'https://other.example/' }));
    expect(elsewhere.bot_info?.identity).toBe('spoofed');
  });

  it('says nothing of a bot where none is named, and leaves out what was not given', async () => {
    const answer = await answerTo(report({ headers: [{ name: 'Accept', value: '*/*' }] }));
    expect(answer).not.toHaveProperty('bot_info');
    expect(answer).not.toHaveProperty('tags');
    expect(answer).not.toHaveProperty('linked_id');
  });

  it('takes JSON whatever its content type says', async () => {
    expect((await post(report(), { 'content-type': 'text/plain;charset=UTF-8' })).statusCode).toBe(200);
  });
});

describe('an edge event', () => {
  it('is found by its id and among its kind, and keeps no secret', async () => {
    const answer = await answerTo(report({ linked_id: 'found' }));
    expect((await get(`/events/${answer.event_id}`)).json()).toEqual(answer);
    const found = await get('/events?source=edge&linked_id=found');
    expect(found.json()).toMatchObject({ events: [answer] });
    const search = '/events?source=edge&linked_id=found&bot_info_name=Googlebot&bot_info_identity';
    expect((await get(`${search}=verified`)).json()).toMatchObject({ events: [answer] });
    expect((await get(`${search}=spoofed`)).json().events).toEqual([]);
    expect((await get('/events?linked_id=found')).json().events).toEqual([]);
    const scope = { workspaceId: server().first.workspace.id };
    const stored = await server().store.edgeEvent(scope, answer.event_id);
    expect(stored?.headers[2]).toEqual({ name: 'Cookie', value: '' });
    expect(stored?.environmentId).toBeNull();
  });

  it('is no visit: v3 does not know it', async () => {
    const { event_id } = await answerTo(report());
    const v3 = await server().app.inject({
      url: `/events/${event_id}`,
      headers: { 'auth-api-key': server().secretKey },
    });
    expect(v3.statusCode).toBe(404);
  });

  it('belongs to the environment of the key that reported it', async () => {
    const { workspace, environment } = server().first;
    const owner = { kind: 'secret', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text, stored } = makeKey(owner, 0);
    await server().store.addKey(stored);
    const own = await post(report(), { authorization: `Bearer ${text}` });
    expect((await get(`/events/${own.json().event_id}`, text)).statusCode).toBe(200);
    const { event_id } = await answerTo(report());
    expect((await get(`/events/${event_id}`, text)).statusCode).toBe(404);
  });
});
