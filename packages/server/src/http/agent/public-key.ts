import type { Environment, Workspace } from '@whorl/contract';
import { type Outcome, refuse } from '../../ingest/ingest-error.ts';
import { hashKey } from '../../keys/api-key.ts';
import type { Store } from '../../storage/store.ts';

/** The workspace and environment of a public key, or the refusal of a key that is missing, unknown, revoked or secret. */
export const publicGrant = async (
  store: Store,
  publicKey: string,
): Promise<Outcome<{ workspace: Workspace; environment: Environment }>> => {
  if (publicKey === '') return refuse('PublicKeyRequired', 'the address lacks a public key');
  const grant = await store.keyByHash(hashKey(publicKey));
  if (grant === undefined || grant.key.kind !== 'public' || grant.environment === null) {
    return refuse(
      'PublicKeyNotFound',
      'public key is not found; it may have been revoked, or belong to another server',
    );
  }
  return { ok: true, value: { workspace: grant.workspace, environment: grant.environment } };
};
