import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { settingsHelp } from '../config/describe-settings.ts';
import { CommandError } from './command-error.ts';
import { edgeCommand } from './edge-command.ts';
import { environmentCommand } from './environment-command.ts';
import { importCommand } from './import-command.ts';
import { keyCommand } from './key-command.ts';
import { listsCommand } from './lists-command.ts';
import { openapiCommand } from './openapi-command.ts';
import { rulesetCommand } from './ruleset-command.ts';
import { startCommand } from './start-command.ts';
import { webhookCommand } from './webhook-command.ts';
import { workspaceCommand } from './workspace-command.ts';

/** The same place seen from the sources and from the built files. */
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Errors that tell what is wrong and how to mend it; their stack would only hide that. */
const EXPECTED = new Set([
  'CommandError',
  'WebFilesMissingError',
  'NetworkDataError',
  'RevokedKeyError',
  'StoreError',
  'TlsFilesError',
]);

const explain = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken; set WHORL_PORT to a free one, or 0 for any.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return 'WHORL_HOST names no address of this machine; give one that it has, 127.0.0.1, or 0.0.0.0 for all.';
  }
  if (code === 'EACCES' && port !== undefined) return `Port ${port} is not allowed; set WHORL_PORT above 1023.`;
  return error instanceof CommandError || EXPECTED.has(error.name) ? error.message : (error.stack ?? error.message);
};

/** Commands that are made in files of their own tell errors as the program does. */
const tellErrorsAlike = (parent: Command): void => {
  for (const child of parent.commands) {
    child.copyInheritedSettings(parent);
    tellErrorsAlike(child);
  }
};

/** The `whorl` command. Sets the exit code: 0 done, 1 failed. */
export const whorlCommand = async (argv: string[], env: NodeJS.ProcessEnv): Promise<void> => {
  const program = new Command('whorl')
    .description('Open, self-hosted device intelligence')
    .version(version)
    .showHelpAfterError('(--help after any command tells what it takes)');
  program
    .command('start')
    .description('serve in the foreground')
    .action(() => startCommand(env));
  program
    .command('settings')
    .description('list the settings, which are environment variables')
    .action(() => {
      process.stdout.write(`${settingsHelp()}\n`);
    });
  program.addCommand(workspaceCommand(env));
  program.addCommand(environmentCommand(env));
  program.addCommand(keyCommand(env));
  program.addCommand(webhookCommand(env));
  program.addCommand(rulesetCommand(env));
  program.addCommand(edgeCommand(env));
  program.addCommand(listsCommand(env));
  program.addCommand(importCommand(env));
  program.addCommand(openapiCommand());
  tellErrorsAlike(program);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
};
