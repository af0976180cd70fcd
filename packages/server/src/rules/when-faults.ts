import { type Json, type JsonObject, ruleLimits } from '@whorl/contract';
import { conditionFaults } from './condition-faults.ts';
import type { RuleFault } from './rule-fault.ts';

const GROUPS = ['all', 'any', 'none'] as const;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isGroup = (test: JsonObject): boolean => GROUPS.some((kind) => Object.hasOwn(test, kind));

/** Conditions are counted over the whole rule, so that groups cannot multiply them. */
type Count = { conditions: number };

const testFaults = (test: Json, at: string, depth: number, count: Count): RuleFault[] => {
  if (!isObject(test)) return [{ field: at, problem: 'must be a condition or a group' }];
  if (isGroup(test)) return groupFaults(test, at, depth + 1, count);
  count.conditions += 1;
  // The rest need not be looked at: one fault tells of them all.
  return count.conditions > ruleLimits.conditions ? [] : conditionFaults(test, at);
};

const groupFaults = (group: JsonObject, at: string, depth: number, count: Count): RuleFault[] => {
  if (depth > ruleLimits.depth) return [{ field: at, problem: `is nested more than ${ruleLimits.depth} groups deep` }];
  const [kind, ...others] = Object.keys(group);
  if (kind === undefined || others.length > 0 || !isGroup(group)) {
    return [{ field: at, problem: 'must have exactly one of all, any, none' }];
  }
  const tests = group[kind];
  if (!Array.isArray(tests) || tests.length === 0) {
    return [{ field: `${at}/${kind}`, problem: 'must be a list of at least one condition or group' }];
  }
  return tests.flatMap((test, index) => testFaults(test, `${at}/${kind}/${index}`, depth, count));
};

/**
 * Everything wrong with what a rule asks of an event: groups, fields that no event has, operators that do not go with their
 * field, values of a wrong type. Takes any JSON, however deep.
 *
 * @param at where it stands, as a JSON pointer
 */
export const whenFaults = (when: Json, at: string): RuleFault[] => {
  if (!isObject(when)) return [{ field: at, problem: 'must be a group: {"all": […]}, {"any": […]} or {"none": […]}' }];
  if (!isGroup(when) && Object.hasOwn(when, 'field')) {
    return [{ field: at, problem: 'must be a group; put the condition into one: {"all": [{"field": …}]}' }];
  }
  const count = { conditions: 0 };
  const faults = groupFaults(when, at, 1, count);
  if (count.conditions <= ruleLimits.conditions) return faults;
  return [...faults, { field: at, problem: `has more than ${ruleLimits.conditions} conditions` }];
};
