import { tmpdir } from 'node:os';
import { atExit } from './at-exit.ts';
import { makeRunFolder, removeRunFolder, sweepRunFolders } from './run-folder.ts';

let made: { folder: string; letOff: () => void } | undefined;

/**
 * Before all tests of a run, in the process that leads it: gives the run a temporary folder of its own, which every process
 * inherits, so that nothing is left behind of tests that fail half-way, nor by browsers, which clean up after themselves
 * only when they are asked politely. What runs that were ended by force have left goes, too.
 */
export const setup = (): void => {
  const outer = tmpdir();
  sweepRunFolders(outer);
  // Programs that are unpacked once for all runs stay where they are.
  process.env.WHORL_TEST_CACHE ??= outer;
  const folder = makeRunFolder(outer);
  // TMPDIR on Unix, TEMP on Windows: what `os.tmpdir` and other programs look at first.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder, TMP: folder });
  made = { folder, letOff: atExit(() => removeRunFolder(folder)) };
};

/** After all tests. */
export const teardown = (): void => {
  if (made === undefined) return;
  removeRunFolder(made.folder);
  made.letOff();
};
