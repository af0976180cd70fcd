import type { TokenNames } from './token-names.ts';
import type { TokenPlace } from './token-place.ts';

const STORE = 'tokens';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      // Firefox reports unhandled ones to the page's console.
      event.preventDefault();
      reject(request.error);
    };
  });

/** Opened and closed each time: an open database would keep the site from deleting it. */
const withStore = async <T>(
  database: string,
  mode: IDBTransactionMode,
  action: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> => {
  const opening = indexedDB.open(database, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const opened = await settled(opening);
  try {
    return await settled(action(opened.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    opened.close();
  }
};

/** Opening a database makes it. Where browsers list what there is, a mere look leaves nothing behind. */
const isThere = async (database: string): Promise<boolean> => {
  const all = await indexedDB.databases?.();
  return all === undefined || all.some(({ name }) => name === database);
};

/** A record of an IndexedDB database of our own. */
export const indexedDbPlace = ({ database, key }: TokenNames): TokenPlace => ({
  read: async () => {
    if (!(await isThere(database))) return undefined;
    const token: unknown = await withStore(database, 'readonly', (store) => store.get(key));
    return typeof token === 'string' ? token : undefined;
  },
  write: async (token) => {
    await withStore(database, 'readwrite', (store) => store.put(token, key));
  },
});
