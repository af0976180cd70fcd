import type { DryRunReport, JsonObject, Ruleset, RulesetDraft } from '@whorl/contract';
import { DryRunReport as ReportSchema, Ruleset as RulesetSchema } from '@whorl/contract';
import { Check } from 'typebox/value';
import { afterEach, describe, expect, it } from 'vitest';
import { useTestServer } from '../../testing/use-test-server.ts';

const { server, visit } = useTestServer();

const url = (path = ''): string => `/admin/v1/workspaces/${server().first.workspace.id}/rulesets${path}`;

const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path = '', payload?: object) =>
  server().app.inject({
    method,
    url: url(path),
    headers: { authorization: `Bearer ${server().managementKey}` },
    ...(payload === undefined ? {} : { payload }),
  });

const draft: RulesetDraft = {
  name: 'Checkout',
  rules: [
    {
      id: 'incognito',
      name: 'Private windows',
      when: { all: [{ field: 'incognito', operator: 'equals', value: true }] },
      action: { type: 'block', statusCode: 403, headers: [{ name: 'Content-Type', value: 'text/plain' }], body: 'no' },
    },
    {
      name: 'Carts without a coupon',
      when: {
        all: [
          { field: 'tags.cart', operator: 'at_least', value: 100 },
          { none: [{ field: 'tags.coupon', operator: 'exists' }] },
        ],
      },
      action: { type: 'allow', requestHeaderModifications: { set: [{ name: 'X-Check', value: 'yes' }] } },
    },
  ],
};

const create = async (payload: object = draft): Promise<Ruleset> => {
  const answer = await ask('POST', '', payload);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};

const faultsOf = async (payload: JsonObject): Promise<Record<string, string>> => {
  const answer = await ask('POST', '', payload);
  expect(answer.statusCode, answer.body).toBe(400);
  const { error } = answer.json<{ error: { code: string; detail: { field: string; problem: string }[] } }>();
  expect(error.code).toBe('RequestCannotBeParsed');
  return Object.fromEntries(error.detail.map(({ field, problem }) => [field, problem]));
};

afterEach(async () => {
  const { store, first } = server();
  for (const { id } of await store.rulesets(first.workspace.id)) await store.deleteRuleset(first.workspace.id, id);
  await store.changeWorkspace(first.workspace.id, { disabledFeatures: [] });
});

describe('rulesets', () => {
  it('are created with ids, enabled, and allowing what no rule matches', async () => {
    const ruleset = await create();
    expect(Check(RulesetSchema.properties.rules.items.properties.id, ruleset.rules[1]?.id)).toBe(true);
    expect(ruleset).toMatchObject({
      id: expect.stringMatching(/^[a-zA-Z0-9]{16}$/),
      workspaceId: server().first.workspace.id,
      name: 'Checkout',
      rules: [
        { ...draft.rules[0], enabled: true },
        { ...draft.rules[1], enabled: true },
      ],
      otherwise: { type: 'allow' },
    });
  });

  it('are listed oldest first, page by page, and got one by one', async () => {
    const first = await create();
    const second = await create({ ...draft, name: 'Login' });
    const page = (await ask('GET', '?limit=1')).json();
    expect(page).toEqual({ items: [first], next: first.id });
    expect((await ask('GET', `?limit=1&after=${page.next}`)).json()).toEqual({ items: [second], next: null });
    expect((await ask('GET', `/${second.id}`)).json()).toEqual(second);
  });

  it('are replaced as a whole, keeping their id and time of creation', async () => {
    const { id, createdAt } = await create();
    const answer = await ask('PUT', `/${id}`, { name: 'Empty', rules: [], otherwise: { type: 'block' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ id, createdAt, name: 'Empty', rules: [], otherwise: { type: 'block' } });
    expect((await ask('GET', `/${id}`)).json()).toEqual(answer.json());
  });

  it('are deleted once', async () => {
    const { id } = await create();
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(204);
    expect((await ask('DELETE', `/${id}`)).statusCode).toBe(404);
  });

  it.each(['GET', 'PUT', 'DELETE'] as const)('that are not there are not found: %s', async (method) => {
    for (const id of ['aaaaaaaaaaaaaaaa', 'x', '%00', `${'a'.repeat(300)}`]) {
      const answer = await ask(method, `/${id}`, method === 'PUT' ? draft : undefined);
      expect(answer.statusCode, id).toBe(404);
      expect(answer.json().error.code, id).toBe('RulesetNotFound');
    }
  });

  it('are refused where the workspace has rules switched off', async () => {
    const { store, first } = server();
    await store.changeWorkspace(first.workspace.id, { disabledFeatures: ['rules'] });
    for (const answer of [
      await ask('GET'),
      await ask('POST', '', draft),
      await ask('POST', '/dry-run', { ruleset: draft }),
    ]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.json().error.code).toBe('FeatureNotEnabled');
    }
  });

  it('are a hundred at most', async () => {
    const { store, first } = server();
    const ruleset = await create();
    for (let at = 0; at < 99; at += 1) {
      await store.putRuleset({ ...ruleset, id: `a${at}`.padEnd(16, 'x'), workspaceId: first.workspace.id });
    }
    const answer = await ask('POST', '', draft);
    expect(answer.statusCode).toBe(409);
    expect(answer.json().error.code).toBe('TooManyRulesets');
  });
});

describe('a ruleset with faults', () => {
  const of = (when: unknown, more: JsonObject = {}): JsonObject =>
    ({ name: 'x', rules: [{ name: 'y', when, action: { type: 'allow' }, ...more }] }) as JsonObject;
  const condition = (field: unknown, operator: unknown, value?: unknown): JsonObject =>
    of({ all: [{ field, operator, ...(value === undefined ? {} : { value }) }] });
  const at = '/rules/0/when/all/0';

  it.each<[string, JsonObject, Record<string, RegExp>]>([
    ['no field', of({ all: [{}] }), { [`${at}/field`]: /missing/, [`${at}/operator`]: /missing/ }],
    [
      'a mistyped field',
      condition('vpn_method.relay', 'equals', true),
      { [`${at}/field`]: /did you mean "vpn_methods.relay"\?/ },
    ],
    ['a field of nothing like it', condition('zzz', 'exists'), { [`${at}/field`]: /^is no field of an event$/ }],
    ['an empty part of a tag', condition('tags..x', 'exists'), { [`${at}/field`]: /is no field/ }],
    ['a field that is no text', condition(7, 'exists'), { [`${at}/field`]: /must be a text/ }],
    ['an unknown operator', condition('vpn', 'is', true), { [`${at}/operator`]: /must be one of equals, / }],
    [
      'an operator of another kind',
      condition('vpn', 'at_least', 1),
      { [`${at}/operator`]: /use one of equals, not_equals, exists, not_exists/ },
    ],
    ['in_network on a text', condition('url', 'in_network', '::/0'), { [`${at}/operator`]: /does not go with url/ }],
    ['a value of another type', condition('suspect_score', 'at_least', '10'), { [`${at}/value`]: /must be a number/ }],
    [
      'a number for a tag to be ordered by',
      condition('tags.n', 'less_than', 'x'),
      { [`${at}/value`]: /must be a number/ },
    ],
    ['no value', condition('vpn', 'equals'), { [`${at}/value`]: /missing/ }],
    ['a value with exists', condition('vpn', 'exists', true), { [`${at}/value`]: /cannot be given/ }],
    ['a list for one value', condition('bot', 'equals', ['bad']), { [`${at}/value`]: /not a list/ }],
    ['one value for a list', condition('bot', 'in', 'bad'), { [`${at}/value`]: /must be a list/ }],
    ['an empty list', condition('bot', 'in', []), { [`${at}/value`]: /at least one/ }],
    [
      'a word that the field never has',
      condition('bot', 'in', ['bad', 'evil']),
      { [`${at}/value/1`]: /must be one of bad, good, not_detected/ },
    ],
    [
      'a network that is none',
      condition('ip_address', 'in_network', ['10.0.0.0/8', 'home']),
      { [`${at}/value/1`]: /network/ },
    ],
    ['a value that is an object', condition('tags.x', 'equals', { a: 1 }), { [`${at}/value`]: /must be true, false/ }],
    [
      'more in a condition',
      of({ all: [{ field: 'vpn', operator: 'exists', not: 1 }] }),
      { [`${at}/not`]: /no part of a condition/ },
    ],
    ['an empty group', of({ all: [] }), { '/rules/0/when/all': /at least one/ }],
    ['two groups in one', of({ all: [], any: [] }), { '/rules/0/when': /exactly one of/ }],
    [
      'a condition without a group',
      of({ field: 'vpn', operator: 'exists' }),
      { '/rules/0/when': /put the condition into one/ },
    ],
    ['a group that is none', of('vpn'), { '/rules/0/when': /must be a group/ }],
    [
      'an unknown action',
      of({ all: [{ field: 'vpn', operator: 'exists' }] }, { action: { type: 'drop' } }),
      { '/rules/0/action/type': /"allow" or "block"/ },
    ],
    [
      'a header that would break the answer',
      of(
        { all: [{ field: 'vpn', operator: 'exists' }] },
        { action: { type: 'block', headers: [{ name: 'a b', value: 'x\r\ny: z' }] } },
      ),
      { '/rules/0/action/headers/0/name': /pattern/, '/rules/0/action/headers/0/value': /pattern/ },
    ],
    [
      'a status that is none',
      of({ all: [{ field: 'vpn', operator: 'exists' }] }, { action: { type: 'block', statusCode: 700 } }),
      { '/rules/0/action/statusCode': /599/ },
    ],
    ['a part that is none', { name: 'x', rules: [], rule: 1 }, { '/rule': /no field/ }],
    ['no name', { rules: [] }, { '/name': /missing/ }],
  ])('is refused with what is to be mended: %s', async (_, payload, expected) => {
    const faults = await faultsOf(payload);
    expect(Object.keys(faults).sort()).toEqual(Object.keys(expected).sort());
    for (const [field, pattern] of Object.entries(expected)) expect(faults[field], field).toMatch(pattern);
  });

  it('may not use an id twice', async () => {
    const [rule] = draft.rules;
    expect(await faultsOf({ name: 'x', rules: [rule, rule] } as JsonObject)).toEqual({
      '/rules/1/id': 'is the id of an earlier rule',
    });
  });

  it('may not be nested too deep, however deep that is', async () => {
    for (const depth of [6, 20_000]) {
      const text = `${'{"all":['.repeat(depth)}{"field":"vpn","operator":"exists"}${']}'.repeat(depth)}`;
      const answer = await server().app.inject({
        method: 'POST',
        url: url(),
        headers: { authorization: `Bearer ${server().managementKey}`, 'content-type': 'application/json' },
        payload: `{"name":"x","rules":[{"name":"y","action":{"type":"allow"},"when":${text}}]}`,
      });
      expect(answer.statusCode, answer.body.slice(0, 300)).toBe(400);
      expect(answer.json().error.message).toMatch(/nested more than 5 groups deep/);
    }
  });

  it('may not have more than a hundred conditions in a rule, spread over groups or not', async () => {
    const many = Array.from({ length: 51 }, () => ({ field: 'vpn', operator: 'exists' }));
    expect(await faultsOf(of({ all: [{ any: many }, { any: many }] }))).toEqual({
      '/rules/0/when': 'has more than 100 conditions',
    });
  });
});

describe('a dry run', () => {
  const dryRun = async (payload: object): Promise<DryRunReport> => {
    const answer = await ask('POST', '/dry-run', payload);
    expect(answer.statusCode, answer.body).toBe(200);
    const report = answer.json<DryRunReport>();
    expect(Check(ReportSchema, report)).toBe(true);
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
    expect(await dryRun({ rulesetId: against, environmentIds: ['ae_0123456789abcdef'] })).toMatchObject({
      events: 0,
      complete: true,
      oldest: null,
      newest: null,
    });
  });

  it.each<[string, object, string]>([
    ['no ruleset', {}, '/ruleset'],
    ['two rulesets', { ruleset: draft, rulesetId: 'aaaaaaaaaaaaaaaa' }, '/rulesetId'],
    ['a ruleset with faults', { ruleset: { name: 'x', rules: [{}] } }, '/ruleset/rules/0/name'],
    ['a limit of 0', { ruleset: draft, limit: 0 }, '/limit'],
    ['a limit over the most', { ruleset: draft, limit: 10_001 }, '/limit'],
    ['times the wrong way round', { ruleset: draft, start: 2, end: 1 }, '/start'],
    ['a time beyond all dates', { ruleset: draft, end: 1e300 }, '/end'],
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
