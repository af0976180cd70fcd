import type { Json, RuleOperator } from '@whorl/contract';
import type { RuleFieldKind } from './fields-of.ts';
import { isInNetworks } from './read-network.ts';

/** What a condition gives beside the field: nothing, one value, a list, or either of these. */
export type ValueForm = 'nothing' | 'one' | 'list' | 'one or list';

export type Operator = {
  value: ValueForm;
  /** Kinds of fields that it can be used on. */
  kinds: readonly RuleFieldKind[];
  /** Whether what the event shows compares so. `seen` is undefined where the event has no such field, or null in it. */
  holds: (seen: Json | undefined, value: Json | undefined) => boolean;
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
const isEqual = (seen: Json | undefined, value: Json | undefined): boolean =>
  seen !== undefined && (typeof seen !== 'object' || seen === null) && seen === value;

const isIn = (seen: Json | undefined, value: Json | undefined): boolean =>
  asList(value).some((each) => isEqual(seen, each));

const byNumber =
  (compare: (seen: number, value: number) => boolean) =>
  (seen: Json | undefined, value: Json | undefined): boolean =>
    typeof seen === 'number' && typeof value === 'number' && compare(seen, value);

const byText =
  (compare: (seen: string, value: string) => boolean) =>
  (seen: Json | undefined, value: Json | undefined): boolean =>
    typeof seen === 'string' && typeof value === 'string' && compare(seen, value);

const textContains = byText((seen, value) => seen.includes(value));

const isText = (value: Json): value is string => typeof value === 'string';

const infix = (sign: string) => (field: string, value: string) => `${field} ${sign} ${value}`;

/**
 * The operators by name. Nothing is converted: a number never equals a text, and letters count as they are written. The
 * three negations are the exact opposites of their positive forms, so they also hold where the field is absent.
 */
export const ruleOperatorTable = {
  equals: { value: 'one', kinds: compared, holds: isEqual, write: infix('==') },
  not_equals: { value: 'one', kinds: compared, holds: (seen, value) => !isEqual(seen, value), write: infix('!=') },
  less_than: { value: 'one', kinds: ordered, holds: byNumber((seen, value) => seen < value), write: infix('<') },
  at_most: { value: 'one', kinds: ordered, holds: byNumber((seen, value) => seen <= value), write: infix('<=') },
  greater_than: { value: 'one', kinds: ordered, holds: byNumber((seen, value) => seen > value), write: infix('>') },
  at_least: { value: 'one', kinds: ordered, holds: byNumber((seen, value) => seen >= value), write: infix('>=') },
  in: { value: 'list', kinds: listed, holds: isIn, write: infix('in') },
  not_in: { value: 'list', kinds: listed, holds: (seen, value) => !isIn(seen, value), write: infix('not in') },
  contains: {
    value: 'one',
    kinds: [...texts, 'texts', 'numbers'],
    holds: (seen, value) =>
      Array.isArray(seen) ? seen.some((each) => isEqual(each, value)) : textContains(seen, value),
    write: infix('contains'),
  },
  starts_with: {
    value: 'one',
    kinds: texts,
    holds: byText((seen, value) => seen.startsWith(value)),
    write: infix('starts with'),
  },
  ends_with: {
    value: 'one',
    kinds: texts,
    holds: byText((seen, value) => seen.endsWith(value)),
    write: infix('ends with'),
  },
  in_network: {
    value: 'one or list',
    kinds: ['address', 'free'],
    holds: (seen, value) => typeof seen === 'string' && isInNetworks(seen, asList(value).filter(isText)),
    write: infix('in network'),
  },
  exists: { value: 'nothing', kinds: every, holds: (seen) => seen !== undefined, write: (field) => `${field} exists` },
  not_exists: {
    value: 'nothing',
    kinds: every,
    holds: (seen) => seen === undefined,
    write: (field) => `${field} does not exist`,
  },
} as const satisfies Record<RuleOperator, Operator>;

/** The operator of a name. */
export const ruleOperator = (name: RuleOperator): Operator => ruleOperatorTable[name];
