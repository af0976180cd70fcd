import { describe, expect, it } from 'vitest';
import { migrate, schemaVersion } from './migrate.ts';
import { migrations } from './migrations/registry.ts';
import { SqliteDatabase } from './sqlite-database.ts';

const tables = (database: SqliteDatabase) =>
  database.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");

describe('migrate', () => {
  it('takes each step once, in order', () => {
    const database = new SqliteDatabase(':memory:', 0);
    const one = { name: '0001-one', sql: 'CREATE TABLE one (a)' };
    const two = { name: '0002-two', sql: 'CREATE TABLE two (a); INSERT INTO one VALUES (1);' };
    expect(schemaVersion(database)).toBe(0);
    expect(migrate(database, [one])).toEqual(['0001-one']);
    expect(migrate(database, [one, two])).toEqual(['0002-two']);
    expect(migrate(database, [one, two])).toEqual([]);
    expect(schemaVersion(database, 2)).toBe(2);
    expect(database.one('SELECT count(*) AS rows FROM one')).toEqual({ rows: 1 });
  });

  it('takes all missing steps or none', () => {
    const database = new SqliteDatabase(':memory:', 0);
    const good = { name: '0001-good', sql: 'CREATE TABLE good (a)' };
    const bad = { name: '0002-bad', sql: 'CREATE TABLE half (a); INSERT INTO nowhere VALUES (1);' };
    expect(() => migrate(database, [good, bad])).toThrow('nowhere');
    expect(tables(database)).toEqual([]);
    expect(schemaVersion(database)).toBe(0);
  });

  it('names and numbers its steps without gaps', () => {
    migrations.forEach(({ name }, at) => {
      expect(name).toMatch(new RegExp(`^${String(at + 1).padStart(4, '0')}-[a-z0-9-]+$`));
    });
  });
});
