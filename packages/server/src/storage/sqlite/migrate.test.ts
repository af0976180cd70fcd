import { describe, expect, it } from 'vitest';
import { migrate, schemaVersion } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
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

  describe('lets a program that knows two steps', () => {
    const one = { name: '0001-one', sql: 'CREATE TABLE one (a)' };
    const two = { name: '0002-two', sql: 'CREATE TABLE two (a)' };
    const adding = { name: '0003-adding', sql: 'ALTER TABLE one ADD COLUMN b', goesOnFrom: 2 };
    const further = { name: '0004-further', sql: 'CREATE TABLE four (a)', goesOnFrom: 2 };
    const dropping = { name: '0004-dropping', sql: 'DROP TABLE two', goesOnFrom: 3 };

    const after = (...steps: Migration[]) => {
      const database = new SqliteDatabase(':memory:', 0);
      migrate(database, [one, two]);
      migrate(database, steps);
      return database;
    };

    it.each([[[one, two, adding]], [[one, two, adding, further]]])('go on after steps that only add', (steps) => {
      const database = after(...steps);
      expect(schemaVersion(database, 2)).toBe(steps.length);
      expect(migrate(database, [one, two])).toEqual([]);
      expect(schemaVersion(database, 2)).toBe(steps.length);
    });

    it('not go on after a step that takes away what it uses, nor after one that says nothing', () => {
      const database = after(one, two, adding, dropping);
      expect(() => schemaVersion(database, 2)).toThrow('later version');
      expect(schemaVersion(database, 3)).toBe(4);
      expect(() => schemaVersion(after(one, two, { name: '0003-silent', sql: 'CREATE TABLE three (a)' }), 2)).toThrow();
    });
  });

  it('names and numbers its steps without gaps', () => {
    migrations.forEach(({ name }, at) => {
      expect(name).toMatch(new RegExp(`^${String(at + 1).padStart(4, '0')}-[a-z0-9-]+$`));
    });
  });
});
