import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../store.ts';
import { describeStore } from '../testing/store-suite.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

/** Closing twice is a bug in a server; here a test may have closed the store already. */
const closeQuietly = (store: Store): Promise<void> => store.close().catch(() => undefined);

describeStore('sqliteStore', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'whorl-store-'));
  const stores: Store[] = [];
  const reopen = async () => {
    const store = await openSqliteStore(directory);
    stores.push(store);
    return store;
  };
  const store = await reopen();
  await store.migrate();
  return {
    store,
    reopen,
    destroy: async () => {
      await Promise.all(stores.map(closeQuietly));
      await rm(directory, { recursive: true });
    },
  };
});
