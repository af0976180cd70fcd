import type { RulesetStore } from '../store.ts';
import type { PostgresWork } from './postgres-work.ts';
import * as rulesets from './rulesets.ts';

/** The part of the store that knows rulesets. */
export const postgresRulesets = (work: PostgresWork): RulesetStore => ({
  putRuleset: (ruleset, most) => work.write((queries) => rulesets.putRuleset(queries, ruleset, most)),
  ruleset: (workspaceId, rulesetId) => work.run((database) => rulesets.findRuleset(database, workspaceId, rulesetId)),
  rulesets: (workspaceId) => work.run((database) => rulesets.rulesets(database, workspaceId)),
  deleteRuleset: (workspaceId, rulesetId) =>
    work.run((database) => rulesets.deleteRuleset(database, workspaceId, rulesetId)),
});
