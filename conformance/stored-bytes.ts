import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import pg from 'pg';

/** A piece of what a server keeps, and where it was found. */
export type Stored = { where: string; bytes: Buffer };

/** The database's file, as `docs/self-hosting.md` names it. */
const DATABASE_FILE = 'whorl.db';

/** Every file of a folder and of those within it, as it is. */
export const storedFiles = async (folder: string): Promise<Stored[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(files.map(async (file) => ({ where: file.slice(folder.length), bytes: await readFile(file) })));
};

/** Bytes as they are and, where they are a raw DEFLATE stream (RFC 1951), what they say. */
const readings = (bytes: Uint8Array): Buffer[] => {
  try {
    return [Buffer.from(bytes), inflateRawSync(bytes)];
  } catch {
    return [Buffer.from(bytes)];
  }
};

/** A value of a column in each form in which something could be read in it. */
const bytesOf = (value: unknown): Buffer[] => {
  if (value instanceof Uint8Array) return readings(value);
  return [Buffer.from(typeof value === 'string' ? value : JSON.stringify(value ?? null))];
};

const storedRows = (table: string, rows: readonly Record<string, unknown>[]): Stored[] =>
  rows.flatMap((row) =>
    Object.entries(row).flatMap(([column, value]) =>
      bytesOf(value).map((bytes) => ({ where: `${table}.${column}`, bytes })),
    ),
  );

/** Every value of every table of the SQLite database in a data folder. */
export const sqliteRows = (dataDir: string): Stored[] => {
  const database = new DatabaseSync(join(dataDir, DATABASE_FILE), { readOnly: true });
  try {
    const rowsOf = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
    const tables = rowsOf("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => String(name));
    return tables.flatMap((table) => storedRows(table, rowsOf(`SELECT * FROM "${table}"`)));
  } finally {
    database.close();
  }
};

/** Every value of every table of a PostgreSQL database, but for the system's own. */
export const postgresRows = async (url: string): Promise<Stored[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const stored: Stored[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${name}`);
      stored.push(...storedRows(name, rows));
    }
    return stored;
  } finally {
    await client.end();
  }
};

/** A sign of somebody: its name, and bytes that occur nowhere else. */
export type Trace = [name: string, bytes: string | Uint8Array];

/** Where which traces were found, in no particular order. */
export const tracesIn = (stored: readonly Stored[], traces: readonly Trace[]): string[] =>
  traces.flatMap(([name, trace]) => {
    const wanted = Buffer.from(trace as Uint8Array);
    const places = new Set(stored.filter(({ bytes }) => bytes.includes(wanted)).map(({ where }) => where));
    return [...places].map((where) => `${name} in ${where}`);
  });
