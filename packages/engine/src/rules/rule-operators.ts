import type { Json, RuleOperator } from '@whorl/contract';
import type { RuleFieldKind } from './fields-of.ts';
import { networkSet } from './network-set.ts';

/** What a condition gives beside the field: nothing, one value, a list, or either of these. */
export type ValueForm = 'nothing' | 'one' | 'list' | 'one or list';

/** Whether what an event shows compares so. `seen` is undefined where it has no such field, or null in it. */
export type Comparison = (seen: Json | undefined) => boolean;

export type Operator = {
  value: ValueForm;
  /** Kinds of fields that it can be used on. */
  kinds: readonly RuleFieldKind[];
  /** Reads the condition's value, once for all the events that it is compared with. */
  prepare: (value: Json | undefined) => Comparison;
  /** The condition as text; `value` is written already. */
  write: (field: string, value: string) => string;
};

const compared: RuleFieldKind[] = ['boolean', 'number', 'text', 'address', 'free'];
const ordered: RuleFieldKind[] = ['number', 'free'];
const texts: RuleFieldKind[] = ['text', 'address', 'free'];
const listed: RuleFieldKind[] = ['number', 'text', 'address', 'free'];
const every: RuleFieldKind[] = ['boolean', 'number', 'text', 'address', 'texts', 'numbers', 'object', 'free'];

const asList = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Objects and lists equal nothing: conditions compare single values. */
const isSingle = (seen: Json | undefined): seen is boolean | number | string =>
  seen !== undefined && (typeof seen !== 'object' || seen === null);

const equals =
  (value: Json | undefined): Comparison =>
  (seen) =>
    isSingle(seen) && seen === value;

const isIn = (value: Json | undefined): Comparison => {
  const values = new Set(asList(value));
  return (seen) => isSingle(seen) && values.has(seen);
};

const not =
  (prepare: Operator['prepare']): Operator['prepare'] =>
  (value) => {
    const holds = prepare(value);
    return (seen) => !holds(seen);
  };

const byNumber =
  (compare: (seen: number, value: number) => boolean): Operator['prepare'] =>
  (value) =>
  (seen) =>
    typeof seen === 'number' && typeof value === 'number' && compare(seen, value);

const byText =
  (compare: (seen: string, value: string) => boolean): Operator['prepare'] =>
  (value) =>
  (seen) =>
    typeof seen === 'string' && typeof value === 'string' && compare(seen, value);

const contains: Operator['prepare'] = (value) => {
  const isElement = equals(value);
  const isPart = byText((seen, part) => seen.includes(part))(value);
  return (seen) => (Array.isArray(seen) ? seen.some(isElement) : isPart(seen));
};

const isText = (value: Json): value is string => typeof value === 'string';

const inNetwork: Operator['prepare'] = (value) => {
  const holds = networkSet(asList(value).filter(isText));
  return (seen) => typeof seen === 'string' && holds(seen);
};

const infix = (sign: string) => (field: string, value: string) => `${field} ${sign} ${value}`;

/**
 * The operators by name. Nothing is converted: a number never equals a text, and letters count as they are written. The
 * three negations are the exact opposites of their positive forms, so they also hold where the field is absent.
 */
export const ruleOperatorTable = {
  equals: { value: 'one', kinds: compared, prepare: equals, write: infix('==') },
  not_equals: { value: 'one', kinds: compared, prepare: not(equals), write: infix('!=') },
  less_than: { value: 'one', kinds: ordered, prepare: byNumber((seen, value) => seen < value), write: infix('<') },
  at_most: { value: 'one', kinds: ordered, prepare: byNumber((seen, value) => seen <= value), write: infix('<=') },
  greater_than: { value: 'one', kinds: ordered, prepare: byNumber((seen, value) => seen > value), write: infix('>') },
  at_least: { value: 'one', kinds: ordered, prepare: byNumber((seen, value) => seen >= value), write: infix('>=') },
  in: { value: 'list', kinds: listed, prepare: isIn, write: infix('in') },
  not_in: { value: 'list', kinds: listed, prepare: not(isIn), write: infix('not in') },
  contains: { value: 'one', kinds: [...texts, 'texts', 'numbers'], prepare: contains, write: infix('contains') },
  starts_with: {
    value: 'one',
    kinds: texts,
    prepare: byText((seen, value) => seen.startsWith(value)),
    write: infix('starts with'),
  },
  ends_with: {
    value: 'one',
    kinds: texts,
    prepare: byText((seen, value) => seen.endsWith(value)),
    write: infix('ends with'),
  },
  in_network: { value: 'one or list', kinds: ['address', 'free'], prepare: inNetwork, write: infix('in network') },
  exists: {
    value: 'nothing',
    kinds: every,
    prepare: () => (seen) => seen !== undefined,
    write: (field) => `${field} exists`,
  },
  not_exists: {
    value: 'nothing',
    kinds: every,
    prepare: () => (seen) => seen === undefined,
    write: (field) => `${field} does not exist`,
  },
} as const satisfies Record<RuleOperator, Operator>;

/** The operator of a name. */
export const ruleOperator = (name: RuleOperator): Operator => ruleOperatorTable[name];
