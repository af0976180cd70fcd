import { describe, expect, it } from 'vitest';
import { WORKSPACE } from '../../testing/sample-event.ts';
import { changeKey, keys } from '../api-keys.ts';
import { migrate } from '../migrate.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { requiredSignatures } from './0011-required-signatures.ts';
import { migrations } from './registry.ts';

/** Writes as the versions before did, which knew of no required signatures. */
const writeAsBefore = (database: SqliteDatabase, id: string): void => {
  database.run(
    `INSERT INTO api_keys (id, hash, kind, workspace_id, environment_id, name, prefix, created_at, revoked_at)
     VALUES (?, ?, 'public', ?, NULL, '', 'AbC', 5, NULL)`,
    id,
    `hash of ${id}`,
    WORKSPACE,
  );
};

describe('0011-required-signatures', () => {
  it('requires none of the keys of before, and of an earlier version beside', () => {
    const database = new SqliteDatabase(':memory:', 0);
    migrate(database, migrations.slice(0, migrations.indexOf(requiredSignatures)));
    database.run("INSERT INTO workspaces (id, name, created_at) VALUES (?, 'shop', 5)", WORKSPACE);
    writeAsBefore(database, 'key_1');
    migrate(database);
    writeAsBefore(database, 'key_2');
    const required = () => keys(database, WORKSPACE).map(({ requiresSignature }) => requiresSignature);
    expect(required()).toEqual([false, false]);
    changeKey(database, WORKSPACE, 'key_2', { requiresSignature: true });
    expect(required()).toEqual([false, true]);
    database.close();
  });
});
