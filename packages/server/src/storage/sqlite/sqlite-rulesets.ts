import type { RulesetStore } from '../store.ts';
import * as rulesets from './rulesets.ts';
import type { SqliteWork } from './sqlite-work.ts';

/** The part of the store that knows rulesets. */
export const sqliteRulesets = (work: SqliteWork): RulesetStore => ({
  putRuleset: (ruleset, most) => work.write((database) => rulesets.putRuleset(database, ruleset, most)),
  ruleset: (workspaceId, rulesetId) => work.run((database) => rulesets.findRuleset(database, workspaceId, rulesetId)),
  rulesets: (workspaceId) => work.run((database) => rulesets.rulesets(database, workspaceId)),
  deleteRuleset: (workspaceId, rulesetId) =>
    work.write((database) => rulesets.deleteRuleset(database, workspaceId, rulesetId)),
});
