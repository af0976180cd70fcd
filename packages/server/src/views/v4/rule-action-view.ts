import type { RuleOutcome, V4RuleAction } from '@whorl/contract';
import { known } from './known.ts';

type Allow = Extract<V4RuleAction, { type: 'allow' }>;
type Block = Extract<V4RuleAction, { type: 'block' }>;

/** What a ruleset says of an event, in v4's names. */
export const ruleActionView = ({ rulesetId, ruleId, ruleExpression, action }: RuleOutcome): V4RuleAction => {
  const ruled = { ruleset_id: rulesetId, rule_id: ruleId, rule_expression: ruleExpression };
  return action.type === 'allow'
    ? known<Allow>({ ...ruled, type: 'allow', request_header_modifications: action.requestHeaderModifications })
    : known<Block>({
        ...ruled,
        type: 'block',
        status_code: action.statusCode,
        headers: action.headers,
        body: action.body,
      });
};
