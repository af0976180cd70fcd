import { faultsText, readSettings } from '../config/read-settings.ts';
import type { Settings } from '../config/setting-registry.ts';

/** Something the person at the terminal can mend: printed as one message, without a stack. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CommandError';
  }
}

/** The settings, or a failure that lists everything wrong with them at once. What has no effect is said on standard error. */
export const settingsOrFail = (env: NodeJS.ProcessEnv): Settings => {
  const read = readSettings(env);
  if (read.ok) {
    for (const notice of read.notices) process.stderr.write(`${notice}\n`);
    return read.settings;
  }
  throw new CommandError(`The settings have faults:\n\n${faultsText(read.faults)}`);
};
