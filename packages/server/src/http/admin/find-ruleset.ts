import { RULESET_ID_PATTERN, type Ruleset, type Workspace } from '@whorl/contract';
import type { Store } from '../../storage/store.ts';
import { RulesetNotFoundError } from './ruleset-errors.ts';

const ID = new RegExp(RULESET_ID_PATTERN);

/** The workspace's ruleset of this id. Throws where there is none. */
export const findRuleset = async (store: Store, workspace: Workspace, id: string): Promise<Ruleset> => {
  const ruleset = ID.test(id) ? await store.ruleset(workspace.id, id) : undefined;
  if (ruleset === undefined) throw new RulesetNotFoundError();
  return ruleset;
};
