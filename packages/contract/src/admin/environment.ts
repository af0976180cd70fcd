import Type, { type Static } from 'typebox';
import { closed } from '../json.ts';
import { Name, UnixMs } from './fields.ts';

const allowedOrigins = Type.Array(Type.String({ minLength: 1, maxLength: 300 }), {
  maxItems: 100,
  description: 'Origins that may send observations, as `https://host` or `https://host:port`; none: any.',
});

/** An environment as the management API shows it. */
export const EnvironmentAnswer = closed({
  id: Type.String({ description: '`ae_` and 16 hexadecimal digits.' }),
  workspaceId: Type.String(),
  name: Name,
  allowedOrigins,
  hasSealingKey: Type.Boolean({ description: 'Whether browsers get sealed results only.' }),
  createdAt: UnixMs,
});
export type EnvironmentAnswer = Static<typeof EnvironmentAnswer>;

/** Body that creates an environment. */
export const EnvironmentCreate = closed({ name: Name, allowedOrigins: Type.Optional(allowedOrigins) });

/** Body that changes an environment. What is left out stays. */
export const EnvironmentUpdate = closed({ name: Type.Optional(Name), allowedOrigins: Type.Optional(allowedOrigins) });

const SealingKey = Type.String({
  pattern: '^[A-Za-z0-9+/]{43}=$',
  description: '32 bytes in base64, as `openssl rand -base64 32` prints them.',
});

/** Body that sets the sealing key. Without a key one is made. */
export const SealingKeyUpdate = closed({ sealingKey: Type.Optional(SealingKey) });

/** The sealing key, shown this once. */
export const SealingKeyAnswer = closed({ sealingKey: SealingKey });
