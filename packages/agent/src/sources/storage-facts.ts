import type { SourceValue } from '@whorl/contract';
import { type WideNavigator, wideNavigator } from '../browser-types.ts';
import type { Source } from './source.ts';

/** Firefox refuses the private file system in private windows by a SecurityError. */
const tryDirectory = async (storage: WideNavigator['storage']): Promise<string> => {
  if (typeof storage?.getDirectory !== 'function') return 'missing';
  try {
    await storage.getDirectory();
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.name : 'Thrown';
  }
};

/** How this site's storage behaves: its quota, its use, and which kinds are refused. Asks no permission. */
export const storageFacts: Source<SourceValue<'storageFacts'>> = {
  once: true,
  collect: async () => {
    const { storage, serviceWorker } = wideNavigator();
    const [estimate, persisted, directory] = await Promise.all([
      storage?.estimate?.(),
      storage?.persisted?.(),
      tryDirectory(storage),
    ]);
    return {
      ...(estimate?.quota === undefined ? {} : { quota: estimate.quota }),
      ...(estimate?.usage === undefined ? {} : { usage: estimate.usage }),
      ...(persisted === undefined ? {} : { persisted }),
      directory,
      serviceWorker: serviceWorker !== undefined,
    };
  },
};
