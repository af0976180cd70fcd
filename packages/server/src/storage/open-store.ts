import { openPostgresStore } from './postgres/open-postgres-store.ts';
import { hasStrayAt } from './postgres/postgres-fault.ts';
import { openSqliteStore } from './sqlite/open-sqlite-store.ts';
import type { Store } from './store.ts';
import { StoreError } from './store-error.ts';

/** Where events are kept: `databaseUrl` when it is given, else SQLite in the directory. */
export type StoreLocation = {
  dataDir: string;
  databaseUrl?: string | null | undefined;
  /** Rejects where there is no database yet, rather than making one. */
  mustExist?: boolean;
};

/** Only the kind of a URL may be shown: the rest can hold a password. */
const schemeOf = (url: string): string => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** Opens the store; its schema is brought up to date by `migrate`. Rejects with a StoreError when it cannot be opened. */
export const openStore = async ({ dataDir, databaseUrl, mustExist = false }: StoreLocation): Promise<Store> => {
  if (databaseUrl === undefined || databaseUrl === null || databaseUrl === '') {
    return openSqliteStore(dataDir, { mustExist });
  }
  if (!['postgres', 'postgresql'].includes(schemeOf(databaseUrl)) || !URL.canParse(databaseUrl)) {
    throw new StoreError({
      problem: 'unsupported',
      setting: 'WHORL_DATABASE_URL',
      what: 'The URL is not that of a PostgreSQL database',
      mend: 'Write postgres://user:password@host:port/database, or unset it to keep everything in SQLite under WHORL_DATA_DIR.',
    });
  }
  if (hasStrayAt(databaseUrl)) {
    throw new StoreError({
      problem: 'unsupported',
      setting: 'WHORL_DATABASE_URL',
      what: 'The URL has an @ behind its host, where a password with a letter such as / or # has been cut in two',
      mend: 'Write / as %2F, # as %23, ? as %3F and @ as %40 in user, password and everything after the host.',
    });
  }
  return openPostgresStore(databaseUrl, { mustExist });
};
