import type { RuleCondition, RuleGroup } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { describeRule } from './describe-rule.ts';

const vpn: RuleCondition = { field: 'vpn', operator: 'equals', value: true };
const score: RuleCondition = { field: 'suspect_score', operator: 'at_least', value: 10 };
const bot: RuleCondition = { field: 'bot', operator: 'in', value: ['bad', 'good'] };
const home: RuleCondition = { field: 'ip_address', operator: 'in_network', value: '10.0.0.0/8' };
const linked: RuleCondition = { field: 'linked_id', operator: 'not_exists' };

describe('a rule as text', () => {
  it.each<[RuleGroup, string]>([
    [{ all: [vpn] }, 'vpn == true'],
    [{ all: [vpn, { any: [score, bot] }] }, 'vpn == true AND (suspect_score >= 10 OR bot in ["bad", "good"])'],
    [{ any: [{ all: [vpn, score] }, linked] }, '(vpn == true AND suspect_score >= 10) OR linked_id does not exist'],
    [{ none: [home] }, 'NOT (ip_address in network "10.0.0.0/8")'],
    [
      { all: [vpn, { none: [home, linked] }] },
      'vpn == true AND NOT (ip_address in network "10.0.0.0/8" OR linked_id does not exist)',
    ],
    [{ all: [{ any: [vpn] }, { all: [score] }] }, 'vpn == true AND suspect_score >= 10'],
    [{ all: [{ any: [{ all: [vpn, score] }] }] }, 'vpn == true AND suspect_score >= 10'],
    [{ all: [{ field: 'url', operator: 'contains', value: 'a "quoted" word' }] }, 'url contains "a \\"quoted\\" word"'],
  ])('%j', (when, text) => {
    expect(describeRule(when)).toBe(text);
  });
});
