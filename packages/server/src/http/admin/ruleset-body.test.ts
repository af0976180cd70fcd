import type { JsonObject } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { rulesetDraft as draft, useRulesets } from '../../testing/use-rulesets.ts';
import { readRuleset } from './ruleset-body.ts';

const { ask } = useRulesets();

const faultsOf = async (payload: JsonObject): Promise<Record<string, string>> => {
  const answer = await ask('POST', '', payload);
  expect(answer.statusCode, answer.body).toBe(400);
  const { error } = answer.json<{ error: { code: string; detail: { field: string; problem: string }[] } }>();
  expect(error.code).toBe('RequestCannotBeParsed');
  return Object.fromEntries(error.detail.map(({ field, problem }) => [field, problem]));
};

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
      const answer = await ask(
        'POST',
        '',
        `{"name":"x","rules":[{"name":"y","action":{"type":"allow"},"when":${text}}]}`,
      );
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

  const rulesOf = (rules: number, tests: JsonObject[]): JsonObject =>
    ({ name: 'x', rules: Array.from({ length: rules }, () => of({ all: tests }).rules).flat() }) as JsonObject;
  const networks = (count: number): JsonObject => ({
    field: 'ip_address',
    operator: 'in_network',
    value: Array.from({ length: count }, () => '::1'),
  });

  it('may not have more than five hundred conditions in all its rules, two thousand values, or ten thousand characters to look for', async () => {
    const exists = Array.from({ length: 50 }, () => ({ field: 'vpn', operator: 'exists' }));
    expect(await faultsOf(rulesOf(11, exists))).toEqual({ '/rules': 'have more than 500 conditions altogether' });
    expect(await faultsOf(rulesOf(33, [networks(1_000)]))).toEqual({
      '/rules': 'have more than 2000 values altogether',
    });
    const single = { field: 'vpn', operator: 'equals', value: true };
    expect(await faultsOf(rulesOf(2, [networks(1_000), single]))).toEqual({
      '/rules': 'have more than 2000 values altogether',
    });
    const sought = { field: 'url', operator: 'contains', value: 'a'.repeat(1_000) };
    expect(await faultsOf(rulesOf(11, [sought]))).toEqual({
      '/rules': 'look with `contains` for more than 10000 characters altogether',
    });
    for (const allowed of [rulesOf(10, exists), rulesOf(2, [networks(1_000)]), rulesOf(10, [sought])]) {
      expect((await ask('POST', '', allowed)).statusCode).toBe(201);
    }
  });

  it('tells the first twenty faults, and looks no further', async () => {
    let looked = 0;
    const condition = () =>
      new Proxy(
        { field: 'vpnn', operator: 'exists' },
        {
          get: (target, name, receiver) => {
            if (name === 'field') looked += 1;
            return Reflect.get(target, name, receiver);
          },
        },
      );
    const rules = Array.from({ length: 10 }, () => ({
      name: 'y',
      when: { all: Array.from({ length: 100 }, condition) },
      action: { type: 'allow' },
    }));
    expect(() => readRuleset({ name: 'x', rules })).toThrow(/did you mean "vpn"/);
    expect(looked).toBe(20);
  });
});
