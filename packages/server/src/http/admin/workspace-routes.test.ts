import { describe, expect, it } from 'vitest';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage, makeWorkspace, send, read, visit } = useManagement();

describe('/workspaces', () => {
  it('creates one with defaults, and one as it is told', async () => {
    const plain = (await manage('POST', '/workspaces', { body: { name: 'plain' } })).json<Record<string, object>>();
    expect(plain.workspace).toMatchObject({
      name: 'plain',
      region: 'us',
      active: true,
      disabledFeatures: [],
      rateLimits: { perKey: null, perAddress: null },
      identity: 'shared',
      linking: 'default',
      suspectWeights: {},
      highActivityFloor: null,
    });
    expect(plain.environment).toMatchObject({ name: 'production', allowedOrigins: [], hasSealingKey: false });
    const wanted = {
      name: 'Obchod „U Víru“ 🌀',
      region: 'eu',
      disabledFeatures: ['vpn', 'webhooks'],
      rateLimits: { perAddress: { requests: 5, seconds: 1 } },
      identity: 'separate',
      linking: 'strict',
      suspectWeights: { bot: 10, tor: 0 },
      highActivityFloor: 500,
    };
    const told = (await manage('POST', '/workspaces', { body: wanted })).json<{ workspace: { id: string } }>();
    expect(told.workspace).toMatchObject({ ...wanted, rateLimits: { perKey: null, ...wanted.rateLimits } });
    expect((await manage('GET', `/workspaces/${told.workspace.id}`)).json()).toEqual(told.workspace);
  });

  it('keeps its name composed and without spaces around it, and so once', async () => {
    const made = await manage('POST', '/workspaces', { body: { name: '\u00a0Cafe\u0301 ' } });
    expect(made.json()).toMatchObject({ workspace: { name: 'Caf\u00e9' } });
    expect((await manage('POST', '/workspaces', { body: { name: 'Caf\u00e9' } })).statusCode).toBe(409);
    const { id } = await makeWorkspace('tidy');
    const renamed = await manage('PATCH', `/workspaces/${id}`, { body: { name: ' tidier ' } });
    expect(renamed.json()).toMatchObject({ name: 'tidier' });
  });

  it.each([
    ['half of a surrogate pair', '"a\\ud800"'],
    ['a mark that turns the line around', '"shop\\u202e"'],
    ['a line separator', '"a\\u2028b"'],
    ['a line break', '"a\\nb"'],
    ['what is not seen', '"a\\u200bb"'],
    ['a filler that looks like nothing', '"a\\u3164"'],
    ['an empty pattern of Braille', '"\\u2800"'],
    ['what joins nothing', '"a\\u200d"'],
    ['what joins twice', '"\u0645\u06cc\\u200c\\u200c\u062e"'],
    ['blanks alone', '"\\u3000 "'],
    ['the beginning of an id behind blanks', '" ws_shop"'],
  ])('has no name with %s', async (_, name) => {
    const { workspace, environment } = server().first;
    const environments = `/workspaces/${workspace.id}/environments`;
    for (const [method, path] of [
      ['POST', '/workspaces'],
      ['PATCH', `/workspaces/${workspace.id}`],
      ['POST', environments],
      ['PATCH', `${environments}/${environment.id}`],
    ] as const) {
      const answer = await manage(method, path, { body: `{"name":${name}}` });
      expect(answer.statusCode, path).toBe(400);
      const problem =
        'must be one line of characters that are seen, not blank, and not begin as ids do, with ws_ or ae_';
      expect(answer.json()).toMatchObject({
        error: { detail: [{ field: '/name', problem: expect.stringContaining(problem) }] },
      });
    }
  });

  it.each([
    '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} shop',
    'PDF\u200c\u0647\u0627',
  ])('may be called %s', async (name) => {
    const made = await manage('POST', '/workspaces', { body: { name } });
    expect(made.json()).toMatchObject({ workspace: { name } });
  });

  it.each(['null', '[]', '"name"'])('is not changed by a body that is %s', async (body) => {
    const { workspace } = server().first;
    expect((await manage('PATCH', `/workspaces/${workspace.id}`, { body })).statusCode).toBe(400);
  });

  it('is created by the key of the server alone', async () => {
    const { key } = await makeWorkspace('tenant');
    const answer = await manage('POST', '/workspaces', { key, body: { name: 'another' } });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'ServerKeyRequired' } });
  });

  it('has each name once', async () => {
    const { id } = await makeWorkspace('once');
    await makeWorkspace('twice');
    expect((await manage('POST', '/workspaces', { body: { name: 'once' } })).statusCode).toBe(409);
    expect((await manage('PATCH', `/workspaces/${id}`, { body: { name: 'twice' } })).statusCode).toBe(409);
    expect((await manage('PATCH', `/workspaces/${id}`, { body: { name: 'once' } })).statusCode).toBe(200);
    const ten = Array.from({ length: 10 }, () => manage('POST', '/workspaces', { body: { name: 'at once' } }));
    const statuses = (await Promise.all(ten)).map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  it.each(['ws_0000000000000000', 'ws_', 'ae_shop'])('has no name %j, which could be taken for an id', async (name) => {
    const { workspace, environment } = server().first;
    const paths = [`/workspaces/${workspace.id}`, `/workspaces/${workspace.id}/environments/${environment.id}`];
    for (const path of paths) expect((await manage('PATCH', path, { body: { name } })).statusCode).toBe(400);
    expect((await manage('POST', '/workspaces', { body: { name } })).statusCode).toBe(400);
  });

  it.each([
    { name: 'default' },
    { region: 'eu' },
    { active: false },
    { disabledFeatures: [] },
    { rateLimits: { perKey: null } },
    { identity: 'separate', rateLimits: {} },
  ])('is not changed by its own key where that is for the operator: %j', async (body) => {
    const { id, key } = await makeWorkspace(`limited ${JSON.stringify(body)}`, { disabledFeatures: ['vpn'] });
    const before = (await manage('GET', `/workspaces/${id}`)).json<object>();
    const answer = await manage('PATCH', `/workspaces/${id}`, { key, body });
    expect(answer.statusCode).toBe(403);
    const { error } = answer.json<{ error: { code: string; message: string } }>();
    expect(error.code).toBe('ServerKeyRequired');
    expect(error.message).toContain(Object.keys(body).at(-1));
    expect((await manage('GET', `/workspaces/${id}`)).json()).toEqual(before);
    const own = await manage('PATCH', `/workspaces/${id}`, {
      key,
      body: { identity: 'separate', linking: 'low-risk' },
    });
    expect(own.json()).toEqual({ ...before, identity: 'separate', linking: 'low-risk' });
  });

  it('loses none of two limits that are set at once', async () => {
    const { id } = await makeWorkspace('both limits');
    const limit = { requests: 7, seconds: 7 };
    for (const rateLimits of [
      { perKey: limit, perAddress: limit },
      { perKey: null, perAddress: null },
    ]) {
      const { perKey, perAddress } = rateLimits;
      await Promise.all([
        manage('PATCH', `/workspaces/${id}`, { body: { rateLimits: { perKey } } }),
        manage('PATCH', `/workspaces/${id}`, { body: { rateLimits: { perAddress } } }),
      ]);
      expect((await manage('GET', `/workspaces/${id}`)).json()).toMatchObject({ rateLimits });
    }
  });

  it('has points of its own, each changed by itself and given back by null, with its own key', async () => {
    const { id, key } = await makeWorkspace('pointed', { suspectWeights: { bot: 10, tor: null } });
    const change = async (body: object) => (await manage('PATCH', `/workspaces/${id}`, { key, body })).json<object>();
    expect(await change({})).toMatchObject({ suspectWeights: { bot: 10 } });
    expect(await change({ suspectWeights: { tor: 20, frida: 0 } })).toMatchObject({
      suspectWeights: { bot: 10, tor: 20, frida: 0 },
    });
    const after = await change({ suspectWeights: { bot: null }, highActivityFloor: 5 });
    expect(after).toMatchObject({ suspectWeights: { tor: 20, frida: 0 }, highActivityFloor: 5 });
    expect(await change({ highActivityFloor: null })).toMatchObject({ highActivityFloor: null });
  });

  it('comes page by page, oldest first', async () => {
    for (const name of ['page one', 'page two', 'page three']) await makeWorkspace(name);
    const all = (await manage('GET', '/workspaces')).json<{ items: { id: string }[] }>().items;
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const query: string = after === null ? '' : `&after=${after}`;
      const page = (await manage('GET', `/workspaces?limit=2${query}`)).json<{
        items: unknown[];
        next: string | null;
      }>();
      seen.push(...page.items);
      after = page.next;
    } while (after !== null);
    expect(seen).toEqual(all);
  });

  it('changes what is given and leaves the rest, each limit by itself', async () => {
    const rateLimits = { perKey: { requests: 9, seconds: 9 }, perAddress: { requests: 8, seconds: 8 } };
    const { id } = await makeWorkspace('changing', { rateLimits, disabledFeatures: ['vpn'] });
    const before = (await manage('GET', `/workspaces/${id}`)).json<object>();
    expect((await manage('PATCH', `/workspaces/${id}`)).json()).toEqual(before);
    const body = { name: 'changed', rateLimits: { perAddress: null }, disabledFeatures: ['botd'] };
    const after = (await manage('PATCH', `/workspaces/${id}`, { body })).json<object>();
    expect(after).toEqual({ ...before, ...body, rateLimits: { ...rateLimits, perAddress: null } });
    expect((await manage('GET', `/workspaces/${id}`)).json()).toEqual(after);
  });

  it.each([
    [{ name: '' }],
    [{ name: '   ' }],
    [{ name: 'a\nb' }],
    [{ name: 'x'.repeat(101) }],
    [{ id: 'ws_other' }],
    [{ createdAt: 0 }],
    [{ active: 1 }],
    [{ region: null }],
    [{ disabledFeatures: ['nonsense'] }],
    [{ disabledFeatures: ['vpn', 'vpn'] }],
    [{ rateLimits: null }],
    [{ rateLimits: { perKey: { requests: 1, seconds: 86_401 } } }],
    [{ rateLimits: { perKey: { requests: 1.5, seconds: 1 } } }],
    [{ rateLimits: { perKey: { requests: 1 } } }],
    [{ identity: 'none' }],
    [{ linking: 'loose' }],
    [{ linking: 0.8 }],
    [{ linking: null }],
    [{ suspectWeights: { bot: -1 } }],
    [{ suspectWeights: { bot: 1.5 } }],
    [{ suspectWeights: { bot: 1_001 } }],
    [{ suspectWeights: { bott: 1 } }],
    [{ suspectWeights: JSON.parse('{"__proto__": 1}') }],
    [{ suspectWeights: null }],
    [{ highActivityFloor: 0 }],
    [{ highActivityFloor: '100' }],
    [['name']],
  ])('refuses the change %j and changes nothing', async (body) => {
    const { workspace } = server().first;
    const before = (await manage('GET', `/workspaces/${workspace.id}`)).json<object>();
    expect((await manage('PATCH', `/workspaces/${workspace.id}`, { body })).statusCode).toBe(400);
    expect((await manage('GET', `/workspaces/${workspace.id}`)).json()).toEqual(before);
  });

  it('is not created with a threshold that there is none of', async () => {
    const answer = await manage('POST', '/workspaces', { body: { name: 'unsure', linking: 'loose' } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      error: { code: 'RequestCannotBeParsed', detail: [{ field: '/linking' }] },
    });
  });

  it('that is switched off or of another region is refused to pages and servers, and works again afterwards', async () => {
    const { workspace, publicKey, secretKey } = { ...server().first, ...server() };
    const { requestId } = await visit();
    const path = `/workspaces/${workspace.id}`;
    const outcomes = async () => [
      (await send({ key: publicKey })).json<{ error?: { code: string } }>().error?.code,
      (await read(requestId, { 'auth-api-key': secretKey })).json<{ error?: { code: string } }>().error?.code,
    ];
    await manage('PATCH', path, { body: { active: false } });
    expect(await outcomes()).toEqual(['WorkspaceNotActive', 'SubscriptionNotActive']);
    await manage('PATCH', path, { body: { active: true, region: 'ap' } });
    expect(await outcomes()).toEqual(['WrongRegion', 'WrongRegion']);
    await manage('PATCH', path, { body: { region: 'us' } });
    expect(await outcomes()).toEqual([undefined, undefined]);
  });
});
