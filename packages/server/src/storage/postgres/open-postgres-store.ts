import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { schemaVersion } from './migrate.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { asStoreError, shownUrl } from './postgres-fault.ts';
import { postgresStore } from './postgres-store.ts';

export type PostgresOptions = {
  /** Rejects where there is no schema of ours yet. */
  mustExist?: boolean;
};

/**
 * Opens the store in a database that exists. Rejects with a StoreError when it cannot be reached, entered or written, and
 * when what lies in it is not ours or too new.
 *
 * @param url `postgres://user:password@host:port/database`, with the parameters of libpq such as `?sslmode=require`
 */
export const openPostgresStore = async (url: string, { mustExist = false }: PostgresOptions = {}): Promise<Store> => {
  const database = new PostgresDatabase(url);
  try {
    const version = await schemaVersion(database);
    if (mustExist && version === 0) {
      throw new StoreError({
        problem: 'unavailable',
        setting: 'WHORL_DATABASE_URL',
        what: `There is nothing of Whorl in the database yet: ${shownUrl(url)}`,
        mend: 'Start the server once, or name the database of the one that you mean.',
      });
    }
    return postgresStore(database, url);
  } catch (error) {
    await database.close();
    throw asStoreError(error, url);
  }
};
