import { describe, expect, it } from 'vitest';
import { OTHER_WORKSPACE, WORKSPACE } from '../../testing/sample-event.ts';
import { migrate } from '../migrate.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { changeWorkspace, workspaces } from '../tenancy.ts';
import { linking } from './0008-linking.ts';
import { migrations } from './registry.ts';

/** Writes as the versions before did, which knew of no threshold. */
const writeAsBefore = (database: SqliteDatabase, id: string): void => {
  database.run('INSERT INTO workspaces (id, name, created_at) VALUES (?, ?, 5)', id, `called ${id}`);
};

describe('0008-linking', () => {
  it('gives workspaces of before, and of an earlier version beside, the default', () => {
    const database = new SqliteDatabase(':memory:', 0);
    migrate(database, migrations.slice(0, migrations.indexOf(linking)));
    writeAsBefore(database, WORKSPACE);
    migrate(database);
    writeAsBefore(database, OTHER_WORKSPACE);
    const linkings = () => Object.fromEntries(workspaces(database).map((each) => [each.id, each.linking]));
    expect(linkings()).toEqual({ [WORKSPACE]: 'default', [OTHER_WORKSPACE]: 'default' });
    changeWorkspace(database, WORKSPACE, () => ({ linking: 'strict' }));
    expect(linkings()).toEqual({ [WORKSPACE]: 'strict', [OTHER_WORKSPACE]: 'default' });
    database.close();
  });
});
