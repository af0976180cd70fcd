import type { Ruleset } from '@whorl/contract';

/** Rulesets, which belong to workspaces. */
export interface RulesetStore {
  /**
   * Adds a ruleset, or replaces that of the same id. False, storing nothing, when it would be new and its workspace has
   * `most` already; this is counted in the same transaction, so that requests at once do not pass the limit together.
   */
  putRuleset(ruleset: Ruleset, most?: number): Promise<boolean>;
  ruleset(workspaceId: string, rulesetId: string): Promise<Ruleset | undefined>;
  /** Oldest first. */
  rulesets(workspaceId: string): Promise<Ruleset[]>;
  /** False when there is none. */
  deleteRuleset(workspaceId: string, rulesetId: string): Promise<boolean>;
}
