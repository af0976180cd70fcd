import { composeStore } from '../compose.ts';
import type { Settings } from '../config/setting-registry.ts';
import type { Store } from '../storage/store.ts';
import { settingsOrFail } from './command-error.ts';

/**
 * Runs a command on the store of the settings, SQLite or PostgreSQL, and closes it afterwards, whatever happens.
 * `create`: may make a new store.
 */
export const withStore = async (
  env: NodeJS.ProcessEnv,
  run: (store: Store, settings: Settings) => Promise<void>,
  { create = false }: { create?: boolean } = {},
): Promise<void> => {
  const settings = settingsOrFail(env);
  const store = await composeStore(settings, { mustExist: !create });
  try {
    await run(store, settings);
  } finally {
    await store.close();
  }
};
