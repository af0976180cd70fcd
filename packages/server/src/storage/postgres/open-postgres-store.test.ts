import type { Store } from '../store.ts';
import { describeStore } from '../testing/store-suite.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

/** Closing twice is a bug in a server; here a test may have closed the store already. */
const closeQuietly = (store: Store): Promise<void> => store.close().catch(() => undefined);

describeStore('postgresStore', async () => {
  const database = await postgres.shared();
  const stores: Store[] = [];
  const reopen = async () => {
    const store = await openPostgresStore(database.url);
    stores.push(store);
    return store;
  };
  return {
    store: await reopen(),
    reopen,
    destroy: async () => {
      await Promise.all(stores.map(closeQuietly));
      await database.clear();
    },
  };
});
