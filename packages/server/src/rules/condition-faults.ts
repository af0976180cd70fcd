import { type Json, type JsonObject, type RuleOperator, ruleLimits, ruleOperators } from '@whorl/contract';
import {
  type Operator,
  type RuleField,
  type RuleFieldKind,
  readNetwork,
  ruleField,
  ruleFields,
  ruleOperator,
} from '@whorl/engine';
import { nearestName } from '../config/nearest-name.ts';
import type { RuleFault } from './rule-fault.ts';

const PARTS = ['field', 'operator', 'value'];

const isOperator = (name: Json | undefined): name is RuleOperator => ruleOperators.some((each) => each === name);

const guess = (name: string, known: readonly string[]): string => {
  // What differs in length by more than a third is never near, and long texts take long to compare.
  const alike = known.filter((each) => Math.abs(each.length - name.length) <= each.length / 3);
  const nearest = nearestName(name, alike);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
};

const operatorsOf = (kind: RuleFieldKind): string =>
  ruleOperators.filter((name) => ruleOperator(name).kinds.includes(kind)).join(', ');

/** What a single value must be for a kind of field, or undefined where anything of the three will do. */
const valueTypes: { [K in RuleFieldKind]?: 'boolean' | 'number' | 'string' } = {
  boolean: 'boolean',
  number: 'number',
  numbers: 'number',
  text: 'string',
  address: 'string',
  texts: 'string',
};

const typeNames = { boolean: 'true or false', number: 'a number', string: 'a text' } as const;

const ORDERING = new Set<RuleOperator>(['less_than', 'at_most', 'greater_than', 'at_least']);
const ON_TEXT = new Set<RuleOperator>(['starts_with', 'ends_with', 'in_network']);
/** Operators that compare whole values: only for these must a text be one that the field can have. */
const ON_WHOLE = new Set<RuleOperator>(['equals', 'not_equals', 'in', 'not_in']);

const wantedType = (name: RuleOperator, { kind }: RuleField): 'boolean' | 'number' | 'string' | undefined => {
  if (kind !== 'free') return valueTypes[kind];
  if (ORDERING.has(name)) return 'number';
  return ON_TEXT.has(name) ? 'string' : undefined;
};

const singleProblem = (value: Json, name: RuleOperator, field: RuleField): string | undefined => {
  const wanted = wantedType(name, field);
  if (wanted !== undefined && typeof value !== wanted) return `must be ${typeNames[wanted]}`;
  if (!['boolean', 'number', 'string'].includes(typeof value)) return 'must be true, false, a number or a text';
  if (typeof value !== 'string') return undefined;
  if (value.length > ruleLimits.text) return `must have at most ${ruleLimits.text} characters`;
  if (name === 'in_network' && readNetwork(value) === undefined) {
    return 'must be a network such as "203.0.113.0/24", or an address';
  }
  if (ON_WHOLE.has(name) && field.oneOf !== undefined && !field.oneOf.includes(value)) {
    return `must be one of ${field.oneOf.join(', ')}`;
  }
  return undefined;
};

const listProblem = (value: Json | undefined, { value: form }: Operator): string | undefined => {
  if (form === 'nothing') return value === undefined ? undefined : 'cannot be given with this operator';
  if (value === undefined) return 'is missing';
  if (form === 'list' && !Array.isArray(value)) return 'must be a list';
  if (form === 'one' && Array.isArray(value)) return 'must be one value, not a list';
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return 'must have at least one value';
  return value.length > ruleLimits.values ? `must have at most ${ruleLimits.values} values` : undefined;
};

const valueFaults = (value: Json | undefined, name: RuleOperator, field: RuleField, at: string): RuleFault[] => {
  const problem = listProblem(value, ruleOperator(name));
  if (problem !== undefined) return [{ field: at, problem }];
  if (value === undefined) return [];
  const each = Array.isArray(value)
    ? value.map((one, index) => ({ field: `${at}/${index}`, problem: singleProblem(one, name, field) }))
    : [{ field: at, problem: singleProblem(value, name, field) }];
  return each.flatMap(({ field: where, problem: wrong }) =>
    wrong === undefined ? [] : [{ field: where, problem: wrong }],
  );
};

const fieldProblem = (name: Json | undefined): string | undefined => {
  if (name === undefined) return 'is missing';
  if (typeof name !== 'string') return 'must be a text: the path of a field, such as "vpn" or "tags.cart"';
  if (name.length > ruleLimits.field) return `must have at most ${ruleLimits.field} characters`;
  if (ruleField(name) !== undefined) return undefined;
  return `is no field of an event${guess(name, [...ruleFields.keys()])}`;
};

const operatorProblem = (name: Json | undefined): string | undefined => {
  if (name === undefined) return 'is missing';
  if (isOperator(name)) return undefined;
  return `must be one of ${ruleOperators.join(', ')}`;
};

/** Everything wrong with one condition. `at`: where it stands, as a JSON pointer. */
export const conditionFaults = (condition: JsonObject, at: string): RuleFault[] => {
  const { field: path, operator: name, value } = condition;
  const faults: RuleFault[] = Object.keys(condition)
    .filter((key) => !PARTS.includes(key))
    .map((key) => ({ field: `${at}/${key}`, problem: 'is no part of a condition; it has field, operator and value' }));
  for (const [part, problem] of [
    ['field', fieldProblem(path)],
    ['operator', operatorProblem(name)],
  ] as const) {
    if (problem !== undefined) faults.push({ field: `${at}/${part}`, problem });
  }
  const field = typeof path === 'string' ? ruleField(path) : undefined;
  if (field === undefined || !isOperator(name)) return faults;
  if (!ruleOperator(name).kinds.includes(field.kind)) {
    const problem = `does not go with ${String(path)}; use one of ${operatorsOf(field.kind)}`;
    return [...faults, { field: `${at}/operator`, problem }];
  }
  return [...faults, ...valueFaults(value, name, field, `${at}/value`)];
};
