import { join } from 'node:path';
import type { Store } from '../../store.ts';
import { configure } from '../configure.ts';
import { DATABASE_FILE } from '../open-sqlite-store.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { sqliteStore } from '../sqlite-store.ts';

/**
 * Opens a store that leaves it to the operating system when the disk gets what was written. For tests that write much and
 * ask nothing about a loss of power: a commit else waits for the disk, on some machines for most of the time of such a test.
 */
export const openWithoutSync = async (dataDir: string): Promise<Store> => {
  const database = new SqliteDatabase(join(dataDir, DATABASE_FILE), 0);
  await configure(database, 0);
  database.exec('PRAGMA synchronous = OFF');
  return sqliteStore(database);
};
