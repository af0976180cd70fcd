import type { Json, JsonObject, RuleCondition, RuleGroup, RuleOperator, Ruleset } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { compileRuleset } from './compile-ruleset.ts';

const rulesetOf = (...groups: RuleGroup[]): Ruleset => ({
  id: 'aaaaaaaaaaaaaaaa',
  workspaceId: 'ws_0000000000000000',
  name: 'test',
  rules: groups.map((when, at) => ({
    id: `r${at}`,
    name: `rule ${at}`,
    enabled: true,
    when,
    action: { type: 'block', statusCode: 403 },
  })),
  otherwise: { type: 'allow' },
  createdAt: 0,
  updatedAt: 0,
});

const event: JsonObject = {
  vpn: true,
  suspect_score: 12,
  url: 'https://shop.example/Login',
  ip_address: '203.0.113.9',
  last_address: '::ffff:203.0.113.9',
  wide_address: '2001:db8::7',
  identification: { confidence: { score: 0.5 } },
  tags: { cart: 0, coupon: '12', list: ['a', 'b'], nested: { deep: false }, nothing: null },
  screen: [1920, 1080],
  subdivisions: [{ iso_code: 'BE' }, { iso_code: 'BW' }],
};

const matches = (when: RuleGroup): boolean => compileRuleset(rulesetOf(when))(event).ruleId !== undefined;

const check = (field: string, operator: RuleOperator, value?: RuleCondition['value']): boolean =>
  matches({ all: [{ field, operator, ...(value === undefined ? {} : { value }) }] });

describe('conditions', () => {
  it.each<[string, RuleOperator, RuleCondition['value'], boolean]>([
    ['vpn', 'equals', true, true],
    ['vpn', 'equals', false, false],
    ['vpn', 'not_equals', true, false],
    ['suspect_score', 'equals', 12, true],
    ['suspect_score', 'equals', '12', false],
    ['tags.coupon', 'equals', 12, false],
    ['tags.coupon', 'at_least', 3, false],
    ['tags.cart', 'equals', 0, true],
    ['tags.cart', 'equals', false, false],
    ['tags.nested.deep', 'equals', false, true],
    ['suspect_score', 'less_than', 12, false],
    ['suspect_score', 'at_most', 12, true],
    ['suspect_score', 'greater_than', 12, false],
    ['suspect_score', 'at_least', 12, true],
    ['identification.confidence.score', 'less_than', 0.6, true],
    ['suspect_score', 'in', [1, 12], true],
    ['suspect_score', 'in', ['12'], false],
    ['suspect_score', 'not_in', [1, 12], false],
    ['suspect_score', 'not_in', [1], true],
    ['url', 'contains', 'Login', true],
    ['url', 'contains', 'login', false],
    ['url', 'starts_with', 'https://shop.', true],
    ['url', 'ends_with', '/Login', true],
    ['url', 'ends_with', 'https', false],
    ['tags.list', 'contains', 'b', true],
    ['tags.list', 'contains', 'c', false],
    ['tags.list', 'equals', 'b', false],
    ['screen', 'contains', 1080, true],
    ['subdivisions.iso_code', 'contains', 'BW', true],
    ['subdivisions.iso_code', 'contains', 'BY', false],
    ['ip_address', 'in_network', '203.0.113.0/24', true],
    ['ip_address', 'in_network', '203.0.113.200/24', true],
    ['ip_address', 'in_network', '203.0.113.9', true],
    ['ip_address', 'in_network', ['198.51.100.0/24', '203.0.113.8/30'], true],
    ['ip_address', 'in_network', '2001:db8::/32', false],
    ['last_address', 'in_network', '203.0.113.0/24', true],
    ['ip_address', 'in_network', '::ffff:203.0.113.0/120', true],
    ['wide_address', 'in_network', '2001:db8::/32', true],
    ['wide_address', 'in_network', '0.0.0.0/0', false],
    ['url', 'in_network', '0.0.0.0/0', false],
  ])('%s %s %j is %s', (field, operator, value, expected) => {
    expect(check(field, operator, value)).toBe(expected);
  });

  it.each<[RuleOperator, RuleCondition['value'], boolean]>([
    ['equals', true, false],
    ['not_equals', true, true],
    ['less_than', 1, false],
    ['at_most', 1, false],
    ['greater_than', -1, false],
    ['at_least', -1, false],
    ['in', ['a'], false],
    ['not_in', ['a'], true],
    ['contains', '', false],
    ['starts_with', '', false],
    ['ends_with', '', false],
    ['in_network', '0.0.0.0/0', false],
    ['exists', undefined, false],
    ['not_exists', undefined, true],
  ])('of an absent field: %s %j is %s', (operator, value, expected) => {
    for (const field of [
      'vpn_methods.relay',
      'tags.nothing',
      'tags.coupon.length',
      'tags.constructor',
      'tags.toString',
    ]) {
      expect(check(field, operator, value), field).toBe(expected);
    }
  });

  it('find what is there, even when it is false, empty or a list', () => {
    for (const field of ['tags', 'tags.nested', 'tags.nested.deep', 'tags.cart', 'screen', 'subdivisions.iso_code']) {
      expect(check(field, 'exists'), field).toBe(true);
      expect(check(field, 'not_exists'), field).toBe(false);
    }
  });
});

describe('tags that are made to be hard', () => {
  const nest = (depth: number): Json => Array.from({ length: depth }).reduce<Json>((inner) => [inner], { name: 'x' });

  it.each<[string, Json]>([
    ['nested as deep as they can be', nest(8_000)],
    ['as many as there can be', Array.from({ length: 8_000 }, () => ({}))],
  ])('are looked through: %s', (_, list) => {
    const ruleset = rulesetOf({ any: [{ field: 'tags.list.name', operator: 'exists' }] });
    expect(compileRuleset(ruleset)({ tags: { list } }).ruleId).toBeUndefined();
  });
});

describe('groups', () => {
  const yes: RuleCondition = { field: 'vpn', operator: 'equals', value: true };
  const no: RuleCondition = { field: 'vpn', operator: 'equals', value: false };

  it.each<[RuleGroup, boolean]>([
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ none: [no, no] }, true],
    [{ none: [no, yes] }, false],
    [{ all: [yes, { any: [no, { none: [no] }] }] }, true],
    [{ any: [no, { all: [yes, { none: [yes] }] }] }, false],
  ])('%j is %s', (when, expected) => {
    expect(matches(when)).toBe(expected);
  });
});

describe('a ruleset', () => {
  const yes: RuleGroup = { all: [{ field: 'vpn', operator: 'equals', value: true }] };
  const no: RuleGroup = { none: [{ field: 'vpn', operator: 'exists' }] };

  it('is decided by the first rule that matches', () => {
    expect(compileRuleset(rulesetOf(no, yes, yes))(event)).toEqual({
      rulesetId: 'aaaaaaaaaaaaaaaa',
      ruleId: 'r1',
      ruleExpression: 'vpn == true',
      action: { type: 'block', statusCode: 403 },
    });
  });

  it('passes over rules that are switched off', () => {
    const ruleset = rulesetOf(yes, yes);
    const [first, ...others] = ruleset.rules;
    if (first === undefined) throw new Error('the ruleset has rules');
    const rules = [{ ...first, enabled: false }, ...others];
    expect(compileRuleset({ ...ruleset, rules })(event).ruleId).toBe('r1');
  });

  it('writes what a rule says once, for all the events that it matches', () => {
    const judge = compileRuleset(rulesetOf(yes));
    expect(judge(event)).toBe(judge({ vpn: true }));
  });

  it('is read once: its lists are not looked at again for each event', () => {
    let reads = 0;
    const counted = (values: string[]) =>
      new Proxy(values, {
        get: (target, name, receiver) => {
          reads += 1;
          return Reflect.get(target, name, receiver);
        },
      });
    const judge = compileRuleset(
      rulesetOf({
        any: [
          { field: 'ip_address', operator: 'in_network', value: counted(['::1', '198.51.100.0/24']) },
          { field: 'url', operator: 'in', value: counted(['/one', '/two']) },
          { field: 'url', operator: 'not_in', value: counted(['https://shop.example/Login']) },
        ],
      }),
    );
    const home = { ...event, ip_address: '198.51.100.7' };
    expect(judge(home).ruleId).toBe('r0');
    expect(reads).toBeGreaterThan(0);
    reads = 0;
    expect(judge(event).ruleId).toBeUndefined();
    expect(judge(home).ruleId).toBe('r0');
    expect(reads).toBe(0);
  });

  it('without a rule that matches does what it does otherwise, and names no rule', () => {
    const nothing = { rulesetId: 'aaaaaaaaaaaaaaaa', action: { type: 'allow' } };
    expect(compileRuleset(rulesetOf(no))(event)).toEqual(nothing);
    expect(compileRuleset(rulesetOf())(event)).toEqual(nothing);
  });
});
