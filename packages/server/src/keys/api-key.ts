import { createHash } from 'node:crypto';
import type { ApiKey } from '@whorl/contract';
import type { NewKey } from '../storage/store.ts';
import { newKeyId, randomText } from './random-id.ts';

/** Characters of a key that stay visible in lists. */
const VISIBLE = 6;

/** What the store keeps of a key. Keys are random, so a plain hash cannot be searched backwards. */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Whom a key is for. A public key belongs to an environment; a secret key to the workspace, or to one environment. */
export type KeyOwner = { kind: ApiKey['kind']; workspaceId: string; environmentId: string | null; name: string };

/** A new key, or the given text made into one, with what is to be stored of it. The text is not kept anywhere. */
export const makeKey = (owner: KeyOwner, now: number, text = randomText(20)): { text: string; stored: NewKey } => ({
  text,
  stored: {
    hash: hashKey(text),
    key: { ...owner, id: newKeyId(), prefix: text.slice(0, VISIBLE), createdAt: now, revokedAt: null },
  },
});
