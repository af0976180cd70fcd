import { readFileSync } from 'node:fs';
import { ruleLimits, ruleOperators } from '@whorl/contract';
import { ruleOperator } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { readRuleset } from '../http/admin/ruleset-body.ts';

const page = readFileSync(new URL('../../../../docs/rules.md', import.meta.url), 'utf8');

describe('docs/rules.md', () => {
  it('shows a ruleset that can be stored', () => {
    const [, example = ''] = /```json ruleset\n([\s\S]*?)```/.exec(page) ?? [];
    expect(readRuleset(JSON.parse(example)).rules).toHaveLength(2);
  });

  it.each(ruleOperators)('names the kinds of fields that %s goes with', (name) => {
    expect(page).toContain(`| \`${name}\` | ${ruleOperator(name).kinds.join(', ')} |`);
  });

  it('states the limits', () => {
    const stated = page.slice(page.indexOf('Limits:')).split('\n\n')[0]?.replaceAll('\n', ' ') ?? '';
    const limits = [
      'rulesets',
      'rules',
      'conditions',
      'allConditions',
      'depth',
      'values',
      'allValues',
      'allSought',
      'text',
      'body',
    ] as const;
    for (const limit of limits) {
      expect(stated, limit).toContain(ruleLimits[limit].toLocaleString('en'));
    }
  });
});
