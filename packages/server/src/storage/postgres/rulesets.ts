import type { Ruleset } from '@whorl/contract';
import { type DocumentRow, toDocument } from './documents.ts';
import { lockWorkspace } from './lock-workspace.ts';
import type { Queries } from './postgres-database.ts';

/** Within a transaction. See `Store.putRuleset`. */
export const putRuleset = async (
  queries: Queries,
  ruleset: Ruleset,
  most = Number.POSITIVE_INFINITY,
): Promise<boolean> => {
  await lockWorkspace(queries, ruleset.workspaceId);
  const known = await queries.all<{ id: string }>(
    'SELECT id FROM whorl.rulesets WHERE workspace = $1',
    ruleset.workspaceId,
  );
  if (known.length >= most && known.every(({ id }) => id !== ruleset.id)) return false;
  await queries.run(
    `INSERT INTO whorl.rulesets (workspace, id, created_at, body) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace, id) DO UPDATE SET created_at = excluded.created_at, body = excluded.body`,
    ruleset.workspaceId,
    ruleset.id,
    ruleset.createdAt,
    JSON.stringify(ruleset),
  );
  return true;
};

export const findRuleset = async (
  queries: Queries,
  workspaceId: string,
  rulesetId: string,
): Promise<Ruleset | undefined> => {
  const row = await queries.one<DocumentRow>(
    'SELECT body FROM whorl.rulesets WHERE workspace = $1 AND id = $2',
    workspaceId,
    rulesetId,
  );
  return row === undefined ? undefined : toDocument<Ruleset>(row);
};

/** Oldest first. */
export const rulesets = async (queries: Queries, workspaceId: string): Promise<Ruleset[]> => {
  const rows = await queries.all<DocumentRow>(
    'SELECT body FROM whorl.rulesets WHERE workspace = $1 ORDER BY created_at, id',
    workspaceId,
  );
  return rows.map(toDocument<Ruleset>);
};

export const deleteRuleset = async (queries: Queries, workspaceId: string, rulesetId: string): Promise<boolean> =>
  (await queries.run('DELETE FROM whorl.rulesets WHERE workspace = $1 AND id = $2', workspaceId, rulesetId)) === 1;
