import { UsageError } from './about-run.ts';

/** Runs a benchmark. What cannot be read on its command line is told in one line, and the process ends with 2. */
export const runBench = async (main: () => Promise<void>): Promise<void> => {
  try {
    await main();
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    console.error(fault.message);
    process.exitCode = 2;
  }
};
