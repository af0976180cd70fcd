import Type, { type Static } from 'typebox';
import { Name } from './admin/fields.ts';
import { WORKSPACE_ID_PATTERN } from './ids.ts';
import { closed, type Json, oneOf } from './json.ts';

/** Rules over the fields of the v4 event, as `GET /v4/events/{event_id}?ruleset_id=` evaluates them. */

export const RULESET_ID_PATTERN = '^[a-zA-Z0-9]{16}$';

/** How a condition compares the field with its value. */
export const ruleOperators = [
  'equals',
  'not_equals',
  'less_than',
  'at_most',
  'greater_than',
  'at_least',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'ends_with',
  'in_network',
  'exists',
  'not_exists',
] as const;
export type RuleOperator = (typeof ruleOperators)[number];

/** How large rulesets may be. Lengths are in characters. */
export const ruleLimits = {
  rulesets: 100,
  rules: 100,
  /** Conditions of one rule, over all its groups. */
  conditions: 100,
  /** Groups within groups, counted with the outermost. */
  depth: 5,
  /** Values of one list. */
  values: 1_000,
  /** Conditions of all rules together: each is compared with every event. */
  allConditions: 500,
  /** Values of all conditions together, those in lists and single ones: each is read before events are judged. */
  allValues: 2_000,
  /** Characters of all texts that `contains` looks for: the only comparison that takes longer the longer its text is. */
  allSought: 10_000,
  text: 1_024,
  field: 256,
  headers: 50,
  headerValue: 4_096,
  body: 16_384,
} as const;

/** What rules are known by in answers: given by whoever writes them, or made. */
export const RULE_ID_PATTERN = '^[a-zA-Z0-9_-]{1,32}$';

const scalar = Type.Union([Type.Boolean(), Type.Number(), Type.String({ maxLength: ruleLimits.text })]);

/**
 * One comparison. `field` is a path into the v4 event, such as `vpn_methods.public_vpn`. A field that is absent compares
 * false, except by `not_*`.
 */
export const RuleCondition = Type.Object(
  {
    field: Type.String({
      minLength: 1,
      maxLength: ruleLimits.field,
      description: 'A path into the v4 event, such as `vpn_methods.public_vpn` or `tags.cart`.',
    }),
    operator: oneOf(...ruleOperators),
    value: Type.Optional(
      Type.Unsafe<Json>({
        ...Type.Union([scalar, Type.Array(scalar, { minItems: 1, maxItems: ruleLimits.values })]),
        description:
          'Left out by `exists` and `not_exists`; a list for `in` and `not_in`; one or a list for `in_network`.',
      }),
    ),
  },
  { additionalProperties: false, description: 'One comparison of a field with a value.' },
);
export type RuleCondition = Static<typeof RuleCondition>;

/** All, any, or none of some conditions and groups. */
export type RuleGroup = { all: RuleTest[] } | { any: RuleTest[] } | { none: RuleTest[] };
export type RuleTest = RuleCondition | RuleGroup;

const tests = Type.Array(Type.Unsafe<RuleTest>({ $ref: '#/components/schemas/RuleTest' }), {
  minItems: 1,
  maxItems: ruleLimits.conditions,
});

/** The form of a group, for documents: it names itself, as groups stand in groups. */
export const RuleGroup = Type.Unsafe<RuleGroup>({
  ...Type.Union([closed({ all: tests }), closed({ any: tests }), closed({ none: tests })]),
  description: `All, any or none of some conditions and groups, nested up to ${ruleLimits.depth} deep.`,
});

/** The form of what stands in a group, for documents. */
export const RuleTest = Type.Unsafe<RuleTest>({
  anyOf: [{ $ref: '#/components/schemas/RuleCondition' }, { $ref: '#/components/schemas/RuleGroup' }],
  description: 'A condition, or a group of them.',
});

/** A field name as RFC 9110 has it, 5.1: a token. */
const headerName = Type.String({ pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$" });

/** A field value as RFC 9110 has it, 5.5: a line break in it would let a rule write further headers. */
const headerValue = Type.String({ maxLength: ruleLimits.headerValue, pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$' });

const headerField = closed({ name: headerName, value: headerValue });
const headerFields = Type.Array(headerField, { maxItems: ruleLimits.headers });

/** Let the request pass, with its headers changed: first those removed, then those set, then those appended. */
export const AllowAction = closed({
  type: Type.Literal('allow'),
  requestHeaderModifications: Type.Optional(
    closed({
      remove: Type.Optional(Type.Array(headerName, { maxItems: ruleLimits.headers })),
      set: Type.Optional(headerFields),
      append: Type.Optional(headerFields),
    }),
  ),
});

/** Answer the request in place of its origin. */
export const BlockAction = closed({
  type: Type.Literal('block'),
  statusCode: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
  headers: Type.Optional(headerFields),
  body: Type.Optional(Type.String({ maxLength: ruleLimits.body })),
});

/** What the caller is told to do. */
export const RuleAction = Type.Union([AllowAction, BlockAction]);
export type RuleAction = Static<typeof RuleAction>;

const ruleId = Type.String({ pattern: RULE_ID_PATTERN });
const millis = Type.Integer({ minimum: 0, description: 'Unix milliseconds.' });

/** One rule: what the event must be like, and what is to be done then. */
export const Rule = closed({ id: ruleId, name: Name, enabled: Type.Boolean(), when: RuleGroup, action: RuleAction });
export type Rule = Static<typeof Rule>;

/** Rules are tried in their order; the first that matches decides, and `otherwise` where none does. */
export const Ruleset = closed({
  id: Type.String({ pattern: RULESET_ID_PATTERN }),
  workspaceId: Type.String({ pattern: WORKSPACE_ID_PATTERN }),
  name: Name,
  rules: Type.Array(Rule),
  otherwise: RuleAction,
  createdAt: millis,
  updatedAt: millis,
});
export type Ruleset = Static<typeof Ruleset>;

/** A rule as it is written: without an id it is given one, and it is enabled unless it says otherwise. */
export const RuleDraft = closed({
  id: Type.Optional(ruleId),
  name: Name,
  enabled: Type.Optional(Type.Boolean({ default: true })),
  when: RuleGroup,
  action: RuleAction,
});
export type RuleDraft = Static<typeof RuleDraft>;

/** A ruleset as it is written: what no rule matches is allowed, unless it says otherwise. */
export const RulesetDraft = closed({
  name: Name,
  rules: Type.Array(RuleDraft, { maxItems: ruleLimits.rules }),
  otherwise: Type.Optional(RuleAction),
});
export type RulesetDraft = Static<typeof RulesetDraft>;

/** What a ruleset says of one event: the rule that matched, if any, as text, and what is to be done. */
export type RuleOutcome = { rulesetId: string; ruleId?: string; ruleExpression?: string; action: RuleAction };
