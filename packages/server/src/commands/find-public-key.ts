import type { ApiKey } from '@whorl/contract';
import type { Store } from '../storage/store.ts';
import { CommandError } from './command-error.ts';
import { findWorkspace } from './find-owner.ts';

/** The public key of this id, which is not revoked. Keys are named by their ids, not by their texts. */
export const findPublicKey = async (store: Store, wanted: string | undefined, id: string): Promise<ApiKey> => {
  const workspace = await findWorkspace(store, wanted);
  const key = (await store.keys(workspace.id)).find((each) => each.id === id);
  if (key !== undefined && key.kind === 'public' && key.revokedAt === null) return key;
  throw new CommandError(`There is no public key "${id}" in use; \`whorl key list\` shows the ids.`);
};
