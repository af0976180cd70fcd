import { join } from 'node:path';

/** Where a server keeps its lists. */
export const listsDirectory = (dataDir: string): string => join(dataDir, 'lists');
