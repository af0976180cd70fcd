import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../json.ts';
import { keyKinds } from '../tenancy.ts';
import { Id, KeyName, UnixMs } from './fields.ts';

const shown = {
  id: Type.String({ description: '`key_` and 12 letters or digits.' }),
  kind: oneOf(...keyKinds),
  workspaceId: Type.String(),
  environmentId: Type.Union([Type.String(), Type.Null()], {
    description: 'The environment that the key is limited to; null: the whole workspace.',
  }),
  name: KeyName,
  prefix: Type.String({ description: 'First characters of the key, for knowing it again.' }),
  createdAt: UnixMs,
  revokedAt: Type.Union([UnixMs, Type.Null()]),
};

/** A key as the management API lists it. */
export const KeyAnswer = closed(shown);

/** A key that was created just now, with its text. */
export const KeyCreated = closed({
  ...shown,
  text: Type.String({ description: 'The key itself. It is shown this once; only its hash is kept.' }),
});

/** Body that creates a key. */
export const KeyCreate = closed({
  kind: oneOf(...keyKinds),
  name: Type.Optional(KeyName),
  /** Needed by a public key, allowed for a secret key, and not for a management key. */
  environmentId: Type.Optional(Id),
});
export type KeyCreate = Static<typeof KeyCreate>;
