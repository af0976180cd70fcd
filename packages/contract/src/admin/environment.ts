import Type, { type Static } from 'typebox';
import { closed } from '../json.ts';
import { Name, OwnerName, UnixMs } from './fields.ts';

const allowedOrigins = Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
  maxItems: 100,
  description:
    'Origins that may send observations, as browsers send them: `https://host` or `http://host`, with a port where it is not the usual one; none: any.',
});

/** An environment as the management API shows it. */
export const EnvironmentAnswer = closed({
  id: Type.String({ description: '`ae_` and 16 hexadecimal digits.' }),
  workspaceId: Type.String(),
  name: Name,
  allowedOrigins,
  hasSealingKey: Type.Boolean({
    description:
      'Whether it has a sealing key. Browsers then get sealed results only, unless the feature `sealedResults` is switched off.',
  }),
  createdAt: UnixMs,
});
export type EnvironmentAnswer = Static<typeof EnvironmentAnswer>;

/** Body that creates an environment. */
export const EnvironmentCreate = closed({ name: OwnerName, allowedOrigins: Type.Optional(allowedOrigins) });

/** Body that changes an environment. What is left out stays. */
export const EnvironmentUpdate = closed({
  name: Type.Optional(OwnerName),
  allowedOrigins: Type.Optional(allowedOrigins),
});

const SealingKey = Type.String({
  pattern: '^[A-Za-z0-9+/]{43}=$',
  description: '32 bytes in base64, as `openssl rand -base64 32` prints them.',
});

/** Body that sets the sealing key. Without a key one is made. */
export const SealingKeyUpdate = closed({ sealingKey: Type.Optional(SealingKey) });

/** The sealing key, shown this once, and what its being there means for the environments beside it. */
export const SealingKeyAnswer = closed({
  sealingKey: SealingKey,
  openEnvironments: Type.Array(closed({ id: Type.String(), name: Name }), {
    description:
      'Environments of the workspace that are not sealed and therefore recognise visitors by themselves as long as this one is: their visitors are new ones. Empty where identities are separate anyway.',
  }),
});
