import { composeStore } from '../compose.ts';
import type { Store } from '../storage/store.ts';
import { settingsOrFail } from './command-error.ts';

/** Runs a command on the store of the settings, and closes it afterwards, whatever happens. `create`: may make a new store. */
export const withStore = async (
  env: NodeJS.ProcessEnv,
  run: (store: Store) => Promise<void>,
  { create = false }: { create?: boolean } = {},
): Promise<void> => {
  const store = await composeStore(settingsOrFail(env), { mustExist: !create });
  try {
    await run(store);
  } finally {
    await store.close();
  }
};
