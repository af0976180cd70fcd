import { createHash } from 'node:crypto';
import type { ApiKey } from '@whorl/contract';
import type { NewKey } from '../storage/store.ts';
import { newKeyId, randomText } from './random-id.ts';

/** Characters of a key that stay visible in lists, and the share of the key that they are at most. */
const VISIBLE = { most: 6, share: 1 / 4 };

/**
 * What the store keeps of a key. Keys that are made here are random, with more than a hundred bits, so that a plain hash
 * cannot be searched backwards. One that the settings give is as good as whoever chose it; its length is asked for there.
 */
export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/** The first characters of a key: enough to know it again, too few to be of help in guessing a short one. */
const prefixOf = (key: string): string => key.slice(0, Math.min(VISIBLE.most, Math.floor(key.length * VISIBLE.share)));

/** Keys of one workspace that are not revoked. */
export const MOST_KEYS = 1_000;

/** Whom a key is for. A public key belongs to an environment; a secret key to the workspace, or to one environment. */
export type KeyOwner = {
  kind: ApiKey['kind'];
  workspaceId: string;
  environmentId: string | null;
  name: string;
} & Partial<Pick<ApiKey, 'requiresSignature'>>;

/** A new key, or the given text made into one, with what is to be stored of it. The text is not kept anywhere. */
export const makeKey = (owner: KeyOwner, now: number, text = randomText(20)): { text: string; stored: NewKey } => ({
  text,
  stored: {
    hash: hashKey(text),
    key: {
      requiresSignature: false,
      ...owner,
      id: newKeyId(),
      prefix: prefixOf(text),
      createdAt: now,
      revokedAt: null,
    },
  },
});
