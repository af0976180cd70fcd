import { isChromium, isWebKit } from '@fingerprintjs/fingerprintjs';
import type { SourceValue } from '@whorl/contract';
import { detectIncognito } from 'detectincognitojs';
import { pause } from '../clock.ts';
import type { Source } from './source.ts';

/** Milliseconds until the first reading after the one at the start; each wait is twice the one before. */
const FIRST_WAIT = 100;

const storageUse = async (): Promise<number | undefined> => (await navigator.storage?.estimate?.())?.usage;

/** Reads the storage's use until stopped; then gives the last reading before the stop and the one after it. */
const watchStorage = () => {
  let isRunning = true;
  let opened: number | undefined;
  const before = storageUse();
  const watch = async (): Promise<void> => {
    for (let wait = FIRST_WAIT; ; wait *= 2) {
      await pause(wait);
      if (!isRunning) return;
      const use = await storageUse();
      if (isRunning) opened = use;
    }
  };
  // Readings only support the verdict: where they are refused there are none.
  before.then(watch).catch(() => undefined);
  return async (): Promise<{ usageOpened?: number; usageDeleted?: number }> => {
    isRunning = false;
    const [base, deleted] = await Promise.all([before, storageUse()]).catch(() => []);
    if (base === undefined || opened === undefined || deleted === undefined) return {};
    return { usageOpened: opened - base, usageDeleted: deleted - base };
  };
};

const BLOB_STORE = 'whorl-blob';

/** Whether a database takes a file. Private windows of WebKit keep databases in memory, and that kind takes none. */
const storesBlobs = (): Promise<boolean | undefined> =>
  new Promise((resolve) => {
    let isPut = false;
    const request = indexedDB.open(BLOB_STORE, 1);
    request.onupgradeneeded = () => {
      const store = request.result.createObjectStore(BLOB_STORE, { autoIncrement: true });
      isPut = true;
      try {
        store.put(new Blob(['w']));
      } catch {
        // Older versions refuse at once, newer ones undo the whole upgrade.
        resolve(false);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      indexedDB.deleteDatabase(BLOB_STORE);
      resolve(true);
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(isPut ? false : undefined);
    };
  });

const askWebKit = async (): Promise<{ storesBlobs?: boolean }> => {
  const answer = await storesBlobs().catch(() => undefined);
  return answer === undefined ? {} : { storesBlobs: answer };
};

/**
 * Whether the window is private, by detectIncognito, and beside it how the storage's use moves, in bytes against what it
 * was before: while the library has its database open, and once it has deleted it. Readings that cost no time of
 * their own. Off the record Chromium 156 tells 73,728 and 0 whatever was written; on disk it tells what really grew. The
 * library alone takes a profile on a memory disk for a private window, because it goes by how long writing takes.
 */
export const incognito: Source<SourceValue<'incognito'>> = {
  once: true,
  // Up to a second and fifteen rounds by design; slow disks take longer, and what comes late is sent afterwards.
  deadline: 6_000,
  collect: async () => {
    // Elsewhere the library is done at once, and its answer would have to wait for the readings.
    const finish = isChromium() ? watchStorage() : isWebKit() ? askWebKit : () => ({});
    try {
      const { isPrivate, browserName } = await detectIncognito();
      return { isPrivate, browserName, ...(await finish()) };
    } catch (error) {
      void finish();
      throw error;
    }
  },
};
