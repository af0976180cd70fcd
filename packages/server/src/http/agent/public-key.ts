import type { Environment } from '@whorl/contract';
import { type Outcome, refuse } from '../../ingest/ingest-error.ts';
import { hashKey } from '../../keys/api-key.ts';
import type { KeyGrant, Store } from '../../storage/store.ts';

/** What a public key grants: it always belongs to an environment. */
export type PublicGrant = KeyGrant & { environment: Environment };

/** The grant of a public key, or the refusal of a key that is missing, unknown, revoked or of another kind. */
export const publicGrant = async (store: Store, publicKey: string): Promise<Outcome<PublicGrant>> => {
  if (publicKey === '') return refuse('PublicKeyRequired', 'the address lacks a public key');
  const grant = await store.keyByHash(hashKey(publicKey));
  if (grant === undefined || grant.key.kind !== 'public' || grant.environment === null) {
    return refuse(
      'PublicKeyNotFound',
      'public key is not found; it may have been revoked, or belong to another server',
    );
  }
  return { ok: true, value: { ...grant, environment: grant.environment } };
};
