import type { Json, RuleGroup, RuleTest } from '@whorl/contract';
import { ruleOperator } from './rule-operators.ts';

const writeValue = (value: Json | undefined): string => {
  if (value === undefined) return '';
  return Array.isArray(value) ? `[${value.map((each) => JSON.stringify(each)).join(', ')}]` : JSON.stringify(value);
};

const write = (test: RuleTest, inner: boolean): string => {
  if ('all' in test) return join(test.all, 'AND', inner);
  if ('any' in test) return join(test.any, 'OR', inner);
  // NOT binds tighter than both words, so its brackets are always there and none are needed around it.
  if ('none' in test) return `NOT (${join(test.none, 'OR', false)})`;
  return ruleOperator(test.operator).write(test.field, writeValue(test.value));
};

const join = (tests: RuleTest[], word: 'AND' | 'OR', inner: boolean): string => {
  const [only] = tests;
  if (tests.length === 1 && only !== undefined) return write(only, inner);
  const text = tests.map((each) => write(each, true)).join(` ${word} `);
  return inner ? `(${text})` : text;
};

/** A rule's conditions as one readable line, such as `vpn == true AND (suspect_score >= 10 OR incognito == true)`. */
export const describeRule = (when: RuleGroup): string => write(when, false);
