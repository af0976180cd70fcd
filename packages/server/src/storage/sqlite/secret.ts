import { randomBytes } from 'node:crypto';
import type { SqliteDatabase } from './sqlite-database.ts';

const SECRET_BYTES = 32;

/** The secret of this name. Whoever asks first makes it; the insert decides between processes that ask at once. */
export const secret = (database: SqliteDatabase, name: string): Buffer => {
  const find = () => database.one<{ value: Uint8Array }>('SELECT value FROM secrets WHERE name = ?', name);
  const known = find();
  if (known !== undefined) return Buffer.from(known.value);
  const insert = 'INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING';
  database.write(() => database.run(insert, name, randomBytes(SECRET_BYTES)));
  const made = find();
  if (made === undefined) throw new Error(`the secret ${name} vanished while it was made`);
  return Buffer.from(made.value);
};
