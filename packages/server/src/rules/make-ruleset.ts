import type { Rule, RuleAction, Ruleset, RulesetDraft } from '@whorl/contract';
import { randomText } from '../keys/random-id.ts';

const ALLOW: RuleAction = { type: 'allow' };

/** A new id of a ruleset: 16 letters and digits. */
export const newRulesetId = (): string => randomText(16);

const newRuleId = (): string => `r_${randomText(14)}`;

/** The ruleset of a checked draft. Rules without an id are given one. */
export const makeRuleset = (
  { name, rules, otherwise = ALLOW }: RulesetDraft,
  owner: Pick<Ruleset, 'id' | 'workspaceId' | 'createdAt' | 'updatedAt'>,
): Ruleset => ({
  ...owner,
  name,
  rules: rules.map(({ id = newRuleId(), enabled = true, ...rest }): Rule => ({ id, enabled, ...rest })),
  otherwise,
});

/** A ruleset as it is written, to be changed and stored again. */
export const draftOf = ({ name, rules, otherwise }: Ruleset): RulesetDraft => ({ name, rules, otherwise });
