import { firstSchema } from './0001-first-schema.ts';
import { wholeServerApi } from './0002-whole-server-api.ts';
import type { Migration } from './migration.ts';

/** Every step in order. A database's `user_version` is how many of them it has taken. */
export const migrations: readonly Migration[] = [firstSchema, wholeServerApi];
