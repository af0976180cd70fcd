import { DryRunReport, type RulesetDraft } from '@whorl/contract';
import { Check } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { rulesetDraft as draft, useRulesets } from '../../testing/use-rulesets.ts';

const { ask, create, visit } = useRulesets();

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
