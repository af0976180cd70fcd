/** Where a browser came from. */
export type BrowserSource = 'machine' | 'playwright' | 'debian' | 'sparticuz';

/** A browser that answered to `--version`. */
export type FoundBrowser = {
  path: string;
  /** As the browser prints it, such as `147.0.7727.0`; empty where it prints none (Windows). */
  version: string;
  /** Whether this build can show windows. */
  headed: boolean;
  source: BrowserSource;
  /** Variables and arguments that this build needs in order to start. */
  env: Record<string, string>;
  args: readonly string[];
};

/** A program that is there. */
export type FoundProgram = { path: string };

/** Why something is not there, and how to get it. */
export type Missing = { missing: string };

/** Whether something was found. */
export const isFound = <T extends FoundProgram>(finding: T | Missing): finding is T => 'path' in finding;

/**
 * Whether tests that need `finding` can run. Where they cannot, one line on stderr names them and says how to get what
 * is missing, so that nobody takes a test that did not run for one that passed.
 */
export const canRun = <T extends FoundProgram>(finding: T | Missing, what: string): finding is T => {
  if (isFound(finding)) return true;
  process.stderr.write(`NOT RUN on this machine: ${what}: ${finding.missing}\n`);
  return false;
};
