import type { Ruleset } from '@whorl/contract';
import type { Store } from '../storage/store.ts';
import { findWorkspace, pick } from './find-owner.ts';

/** The ruleset of this id or name in a workspace. */
export const findRuleset = async (
  store: Store,
  workspaceWanted: string | undefined,
  wanted: string,
): Promise<Ruleset> => {
  const workspace = await findWorkspace(store, workspaceWanted);
  return pick('ruleset', await store.rulesets(workspace.id), wanted, 'run `whorl ruleset create <file>`');
};
