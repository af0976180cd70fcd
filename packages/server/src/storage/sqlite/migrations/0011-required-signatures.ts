import type { Migration } from './migration.ts';

/** Whether reports with a public key have to be signed by its app: no, for the keys of before. */
export const requiredSignatures: Migration = {
  name: '0011-required-signatures',
  sql: 'ALTER TABLE api_keys ADD COLUMN requires_signature INTEGER NOT NULL DEFAULT 0;',
  goesOnFrom: 2,
};
