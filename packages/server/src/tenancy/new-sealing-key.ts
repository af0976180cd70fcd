import { randomBytes } from 'node:crypto';

/** A new key for sealing results: 32 random bytes in base64. */
export const newSealingKey = (): string => randomBytes(32).toString('base64');
