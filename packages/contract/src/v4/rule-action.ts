import Type, { type Static } from 'typebox';
import { closed } from '../json.ts';
import { RULE_ID_PATTERN, RULESET_ID_PATTERN } from '../ruleset.ts';

const optional = Type.Optional;
const text = Type.String();
const fields = Type.Array(closed({ name: text, value: text }));

const ruled = {
  ruleset_id: Type.String({ pattern: RULESET_ID_PATTERN, description: 'The ruleset that was asked for.' }),
  rule_id: optional(
    Type.String({ pattern: RULE_ID_PATTERN, description: 'The rule that matched; absent where none did.' }),
  ),
  rule_expression: optional(Type.String({ description: 'The conditions of that rule as one line.' })),
};

/** What a ruleset says is to be done with the request that made the event. */
export const V4RuleAction = Type.Union(
  [
    closed({
      ...ruled,
      type: Type.Literal('allow'),
      request_header_modifications: optional(
        closed({ remove: optional(Type.Array(text)), set: optional(fields), append: optional(fields) }),
      ),
    }),
    closed({
      ...ruled,
      type: Type.Literal('block'),
      status_code: optional(Type.Integer({ minimum: 200, maximum: 599 })),
      headers: optional(fields),
      body: optional(text),
    }),
  ],
  { description: 'What the ruleset that was asked for says is to be done with the request.' },
);
export type V4RuleAction = Static<typeof V4RuleAction>;
