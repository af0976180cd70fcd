import { randomBytes } from 'node:crypto';
import type { Queries } from './postgres-database.ts';

const SECRET_BYTES = 32;

/** The secret of this name. Whoever asks first makes it; the insert decides between servers that ask at once. */
export const secret = async (queries: Queries, name: string): Promise<Buffer> => {
  await queries.run(
    `INSERT INTO whorl.secrets (name, value) SELECT $1, $2
     WHERE NOT EXISTS (SELECT 1 FROM whorl.secrets WHERE name = $1) ON CONFLICT DO NOTHING`,
    name,
    randomBytes(SECRET_BYTES),
  );
  const found = await queries.one<{ value: Buffer }>('SELECT value FROM whorl.secrets WHERE name = $1', name);
  if (found === undefined) throw new Error(`the secret ${name} vanished while it was made`);
  return found.value;
};
