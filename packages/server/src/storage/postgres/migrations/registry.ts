import { firstSchema } from './0001-first-schema.ts';
import type { Migration } from './migration.ts';

/** Every step in order. The database notes which of them it has taken. */
export const migrations: readonly Migration[] = [firstSchema];
