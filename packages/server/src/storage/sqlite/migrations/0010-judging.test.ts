import { describe, expect, it } from 'vitest';
import { OTHER_WORKSPACE, WORKSPACE } from '../../testing/sample-event.ts';
import { migrate } from '../migrate.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { changeWorkspace, workspaces } from '../tenancy.ts';
import { judging } from './0010-judging.ts';
import { migrations } from './registry.ts';

/** Writes as the versions before did, which knew of no points of a workspace's own. */
const writeAsBefore = (database: SqliteDatabase, id: string): void => {
  database.run('INSERT INTO workspaces (id, name, created_at) VALUES (?, ?, 5)', id, `called ${id}`);
};

describe('0010-judging', () => {
  it('gives workspaces of before, and of an earlier version beside, the defaults', () => {
    const database = new SqliteDatabase(':memory:', 0);
    migrate(database, migrations.slice(0, migrations.indexOf(judging)));
    writeAsBefore(database, WORKSPACE);
    migrate(database);
    writeAsBefore(database, OTHER_WORKSPACE);
    const own = () =>
      workspaces(database).map(({ suspectWeights, highActivityFloor }) => [suspectWeights, highActivityFloor]);
    expect(own()).toEqual([
      [{}, null],
      [{}, null],
    ]);
    changeWorkspace(database, WORKSPACE, () => ({ suspectWeights: { bot: 9 }, highActivityFloor: 7 }));
    expect(own()).toEqual(
      expect.arrayContaining([
        [{ bot: 9 }, 7],
        [{}, null],
      ]),
    );
    database.close();
  });
});
