import type { JsonObject, Rule, RuleOutcome, Ruleset, RuleTest } from '@whorl/contract';
import { describeRule } from './describe-rule.ts';
import { ruleOperator } from './rule-operators.ts';
import { valueAt } from './value-at.ts';

type Test = (event: JsonObject) => boolean;

const compileTest = (test: RuleTest): Test => {
  if ('all' in test) return everyOf(test.all.map(compileTest));
  if ('any' in test) return someOf(test.any.map(compileTest));
  if ('none' in test) {
    const some = someOf(test.none.map(compileTest));
    return (event) => !some(event);
  }
  const holds = ruleOperator(test.operator).prepare(test.value);
  const names = test.field.split('.');
  return (event) => holds(valueAt(event, names));
};

const everyOf =
  (tests: Test[]): Test =>
  (event) =>
    tests.every((holds) => holds(event));

const someOf =
  (tests: Test[]): Test =>
  (event) =>
    tests.some((holds) => holds(event));

/** A rule ready to be tried. What it says is written when it first matches: most rules of a ruleset do not. */
const compileRule = (rulesetId: string, { id, when, action }: Rule) => {
  let outcome: RuleOutcome | undefined;
  return {
    holds: compileTest(when),
    outcome: (): RuleOutcome => {
      outcome ??= { rulesetId, ruleId: id, ruleExpression: describeRule(when), action };
      return outcome;
    },
  };
};

/**
 * A function that tells what a ruleset says of an event in the form of the v4 API. Its enabled rules are tried in their
 * order; the first whose conditions hold decides, and `otherwise` where none does: then the outcome names no rule.
 *
 * Networks, lists and paths are read here, once: whoever judges many events compiles first. The ruleset must be one that
 * was checked when it was stored; the event may lack any field. The same outcome is the same object each time.
 */
export const compileRuleset = ({ id, rules, otherwise }: Ruleset): ((event: JsonObject) => RuleOutcome) => {
  const compiled = rules.filter(({ enabled }) => enabled).map((rule) => compileRule(id, rule));
  const nothing: RuleOutcome = { rulesetId: id, action: otherwise };
  return (event) => compiled.find(({ holds }) => holds(event))?.outcome() ?? nothing;
};
