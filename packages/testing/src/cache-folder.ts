import { tmpdir } from 'node:os';

/** Where programs that were unpacked for tests lie from one run to the next: `WHORL_TEST_CACHE`, else the temporary folder. */
export const cacheFolder = (): string => process.env.WHORL_TEST_CACHE ?? tmpdir();
