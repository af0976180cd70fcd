import type { JsonObject, RuleOutcome, Ruleset, RuleTest } from '@whorl/contract';
import { describeRule } from './describe-rule.ts';
import { ruleOperator } from './rule-operators.ts';
import { valueAt } from './value-at.ts';

const holds = (test: RuleTest, event: JsonObject): boolean => {
  if ('all' in test) return test.all.every((each) => holds(each, event));
  if ('any' in test) return test.any.some((each) => holds(each, event));
  if ('none' in test) return !test.none.some((each) => holds(each, event));
  return ruleOperator(test.operator).holds(valueAt(event, test.field), test.value);
};

/**
 * What a ruleset says of an event in the form of the v4 API. Its enabled rules are tried in their order; the first whose
 * conditions hold decides, and `otherwise` where none does: then the outcome names no rule.
 *
 * The ruleset must be one that was checked when it was stored; the event may lack any field.
 */
export const evaluateRuleset = (ruleset: Ruleset, event: JsonObject): RuleOutcome => {
  const rule = ruleset.rules.find(({ enabled, when }) => enabled && holds(when, event));
  if (rule === undefined) return { rulesetId: ruleset.id, action: ruleset.otherwise };
  return { rulesetId: ruleset.id, ruleId: rule.id, ruleExpression: describeRule(rule.when), action: rule.action };
};
