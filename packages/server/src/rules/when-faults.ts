import { type Json, type JsonObject, ruleLimits } from '@whorl/contract';
import { conditionFaults } from './condition-faults.ts';
import type { RuleFault } from './rule-fault.ts';

const GROUPS = ['all', 'any', 'none'] as const;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isGroup = (test: JsonObject): boolean => GROUPS.some((kind) => Object.hasOwn(test, kind));

/** How large a ruleset is: counted over all of it, so that neither groups nor rules can multiply what is allowed. */
export type RulesetSize = { conditions: number; values: number; sought: number };

/** The size of a ruleset without rules. */
export const emptySize = (): RulesetSize => ({ conditions: 0, values: 0, sought: 0 });

const valuesIn = ({ value }: JsonObject): number => {
  if (value === undefined) return 0;
  return Array.isArray(value) ? value.length : 1;
};

const soughtIn = ({ operator, value }: JsonObject): number =>
  operator === 'contains' && typeof value === 'string' ? value.length : 0;

const addTo = (size: RulesetSize, condition: JsonObject): void => {
  size.conditions += 1;
  size.values += valuesIn(condition);
  size.sought += soughtIn(condition);
};

/** What is too large as a whole: one fault tells of all that is too much. */
export const sizeFaults = ({ conditions, values, sought }: RulesetSize, at: string): RuleFault[] => {
  const { allConditions, allValues, allSought } = ruleLimits;
  const problems = [
    conditions > allConditions ? `have more than ${allConditions} conditions altogether` : '',
    values > allValues ? `have more than ${allValues} values altogether` : '',
    sought > allSought ? `look with \`contains\` for more than ${allSought} characters altogether` : '',
  ];
  return problems.filter((problem) => problem !== '').map((problem) => ({ field: at, problem }));
};

/** The ruleset so far, and where in it the rule began. */
type Count = { size: RulesetSize; before: number };

const isTooMany = ({ size, before }: Count): boolean => size.conditions - before > ruleLimits.conditions;

function* testFaults(test: Json, at: string, depth: number, count: Count): Generator<RuleFault> {
  if (!isObject(test)) {
    yield { field: at, problem: 'must be a condition or a group' };
  } else if (isGroup(test)) {
    yield* groupFaults(test, at, depth + 1, count);
  } else {
    addTo(count.size, test);
    // The rest need not be looked at: one fault tells of them all.
    if (!isTooMany(count) && sizeFaults(count.size, at).length === 0) yield* conditionFaults(test, at);
  }
}

function* groupFaults(group: JsonObject, at: string, depth: number, count: Count): Generator<RuleFault> {
  if (depth > ruleLimits.depth) {
    yield { field: at, problem: `is nested more than ${ruleLimits.depth} groups deep` };
    return;
  }
  const [kind, ...others] = Object.keys(group);
  if (kind === undefined || others.length > 0 || !isGroup(group)) {
    yield { field: at, problem: 'must have exactly one of all, any, none' };
    return;
  }
  const tests = group[kind];
  if (!Array.isArray(tests) || tests.length === 0) {
    yield { field: `${at}/${kind}`, problem: 'must be a list of at least one condition or group' };
    return;
  }
  for (const [index, test] of tests.entries()) yield* testFaults(test, `${at}/${kind}/${index}`, depth, count);
}

/**
 * Everything wrong with what a rule asks of an event: groups, fields that no event has, operators that do not go with their
 * field, values of a wrong type. Takes any JSON, however deep; nothing is looked at before its faults are asked for.
 *
 * @param at where it stands, as a JSON pointer
 * @param size what the rules before it have; what this one has is added
 */
export function* whenFaults(when: Json, at: string, size: RulesetSize): Generator<RuleFault> {
  if (!isObject(when)) {
    yield { field: at, problem: 'must be a group: {"all": […]}, {"any": […]} or {"none": […]}' };
  } else if (!isGroup(when) && Object.hasOwn(when, 'field')) {
    yield { field: at, problem: 'must be a group; put the condition into one: {"all": [{"field": …}]}' };
  } else {
    const count = { size, before: size.conditions };
    yield* groupFaults(when, at, 1, count);
    if (isTooMany(count)) yield { field: at, problem: `has more than ${ruleLimits.conditions} conditions` };
  }
}
