import { StoreError } from '../store-error.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/registry.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Marks a file as ours, https://sqlite.org/fileformat2.html#application_id: `Whrl` in ASCII. */
const APPLICATION_ID = 0x5768726c;

type Marks = { application: number; version: number; tables: number; marked: number };

/** Fewest steps that a program must know to work with a database that has taken all of these. */
const leastOf = (steps: readonly Migration[]): number => {
  const goesOn = (known: number) => steps.every(({ goesOnFrom }, at) => at < known || (goesOnFrom ?? at + 1) <= known);
  return steps.findIndex((_, at) => goesOn(at + 1)) + 1;
};

/** What the program that took the last step wrote down of it for earlier ones. */
const MARK = `CREATE TABLE IF NOT EXISTS schema_mark (least INTEGER NOT NULL) STRICT; DELETE FROM schema_mark;`;

/**
 * How many steps the database has taken. Throws StoreError when it is another program's, or of a later version of ours
 * that has taken a step after which this one cannot go on.
 */
export const schemaVersion = (database: SqliteDatabase, known = migrations.length): number => {
  const marks = database.one<Marks>(`
    SELECT
      (SELECT application_id FROM pragma_application_id) AS application,
      (SELECT user_version FROM pragma_user_version) AS version,
      (SELECT count(*) FROM sqlite_schema) AS tables,
      (SELECT count(*) FROM sqlite_schema WHERE name = 'schema_mark') AS marked`);
  const { application, version, tables, marked } = marks ?? { application: 0, version: 0, tables: 0, marked: 0 };
  const isNew = application === 0 && version === 0 && tables === 0;
  if (!isNew && application !== APPLICATION_ID) {
    throw new StoreError({
      problem: 'not-ours',
      setting: 'WHORL_DATA_DIR',
      what: `The file is a database of another program: ${database.path}`,
      mend: 'Choose another directory, or move the file away.',
    });
  }
  const least = marked === 0 ? version : database.one<{ least: number }>('SELECT least FROM schema_mark')?.least;
  if (version > known && (least ?? version) > known) {
    throw new StoreError({
      problem: 'newer',
      setting: 'WHORL_DATA_DIR',
      what: `The database was written by a later version of Whorl (schema ${version}, known up to ${known}): ${database.path}`,
      mend: 'Start that version or a later one, or restore a backup from before the upgrade.',
    });
  }
  return version;
};

/**
 * Takes the steps that the database lacks, all or none, one process at a time; whoever comes second finds nothing to
 * do. Returns the names of the steps taken.
 */
export const migrate = (database: SqliteDatabase, steps: readonly Migration[] = migrations): string[] =>
  database.write(() => {
    const missing = steps.slice(schemaVersion(database, steps.length));
    for (const { sql, fill } of missing) {
      database.exec(sql);
      fill?.(database);
    }
    if (missing.length > 0) {
      database.exec(`${MARK} INSERT INTO schema_mark VALUES (${leastOf(steps)});`);
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length};`);
    }
    return missing.map(({ name }) => name);
  });
