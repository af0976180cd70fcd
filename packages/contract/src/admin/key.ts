import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../json.ts';
import { keyKinds } from '../tenancy.ts';
import { Id, KeyName, UnixMs } from './fields.ts';

const requiresSignature = Type.Boolean({
  description: 'Whether reports with this public key must be signed by their app. No page can do that.',
});

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
  requiresSignature: Type.Boolean({
    description:
      'Whether a report with this public key that lacks a valid signature of the app counts as tampered with. False for other kinds.',
  }),
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
  /** For a public key alone. */
  requiresSignature: Type.Optional(requiresSignature),
});
export type KeyCreate = Static<typeof KeyCreate>;

/** Body that changes a public key. What is left out stays. */
export const KeyUpdate = closed({ requiresSignature: Type.Optional(requiresSignature) });

/** What apps sign their reports with that send with a public key. */
export const SigningKeyAnswer = closed({
  id: Type.String({ description: 'Id of the public key.' }),
  signingKey: Type.String({
    pattern: '^[A-Za-z0-9_-]{43}$',
    description:
      'The same each time: it follows from a secret of the server and the id of the public key, and ends with that.',
  }),
});
