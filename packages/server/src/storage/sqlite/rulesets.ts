import type { Ruleset } from '@whorl/contract';
import type { SqliteDatabase } from './sqlite-database.ts';

type Row = {
  id: string;
  workspace: string;
  name: string;
  rules: string;
  otherwise: string;
  created_at: number;
  updated_at: number;
};

const toRuleset = (row: Row): Ruleset => ({
  id: row.id,
  workspaceId: row.workspace,
  name: row.name,
  rules: JSON.parse(row.rules) as Ruleset['rules'],
  otherwise: JSON.parse(row.otherwise) as Ruleset['otherwise'],
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** Within a transaction. See `Store.putRuleset`. */
export const putRuleset = (database: SqliteDatabase, ruleset: Ruleset, most = Number.POSITIVE_INFINITY): boolean => {
  const known = database.all<{ id: string }>('SELECT id FROM rulesets WHERE workspace = ?', ruleset.workspaceId);
  if (known.length >= most && known.every(({ id }) => id !== ruleset.id)) return false;
  database.run(
    `INSERT OR REPLACE INTO rulesets (id, workspace, name, rules, otherwise, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ruleset.id,
    ruleset.workspaceId,
    ruleset.name,
    JSON.stringify(ruleset.rules),
    JSON.stringify(ruleset.otherwise),
    ruleset.createdAt,
    ruleset.updatedAt,
  );
  return true;
};

export const findRuleset = (database: SqliteDatabase, workspaceId: string, rulesetId: string): Ruleset | undefined => {
  const row = database.one<Row>('SELECT * FROM rulesets WHERE workspace = ? AND id = ?', workspaceId, rulesetId);
  return row === undefined ? undefined : toRuleset(row);
};

/** Oldest first. */
export const rulesets = (database: SqliteDatabase, workspaceId: string): Ruleset[] =>
  database.all<Row>('SELECT * FROM rulesets WHERE workspace = ? ORDER BY created_at, id', workspaceId).map(toRuleset);

export const deleteRuleset = (database: SqliteDatabase, workspaceId: string, rulesetId: string): boolean =>
  database.run('DELETE FROM rulesets WHERE workspace = ? AND id = ?', workspaceId, rulesetId).changes === 1;
