import { access, constants, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { type ImportCounts, importEvents } from '../import/import-events.ts';
import { jsonDocuments } from '../import/json-documents.ts';
import { CommandError } from './command-error.ts';
import { findEnvironment, findWorkspace } from './find-owner.ts';
import { withStore } from './with-store.ts';

type Options = { workspace?: string; environment?: string; dryRun?: true };

/** So many faults of a file are printed; the rest are counted. */
const SHOWN_FAULTS = 20;

const summary = ({ imported, known, faulty }: ImportCounts, dryRun: boolean): string =>
  `${imported} events ${dryRun ? 'can be imported' : 'imported'}, ${known} known already, ${faulty} could not be read`;

const readable = async (path: string): Promise<void> => {
  try {
    await access(path, constants.R_OK);
    if ((await stat(path)).isDirectory()) throw new Error('it is a directory; name the files in it');
  } catch (error) {
    throw new CommandError(`"${path}" cannot be read: ${(error as Error).message}`);
  }
};

/** `whorl import`: takes over events that were exported from the hosted service, under their own ids. */
export const importCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('import')
    .description(
      'take over events exported from the hosted API: search pages, single events or webhook bodies, v3 or v4',
    )
    .argument('<files...>', 'JSON files, or files with one JSON document a line')
    .option('--workspace <id or name>', 'the workspace; may be left out while there is one')
    .option('--environment <id or name>', 'the environment; may be left out while there is one')
    .option('--dry-run', 'read and check everything, and store nothing')
    .addHelpText(
      'after',
      '\nEvents keep their ids, times and visitor ids. An id that is known already is left as it is, so an import that was\nbroken off can be run again. See docs/migrating.md.',
    )
    .action((files: string[], options: Options) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const environment = await findEnvironment(store, workspace, options.environment);
        const owner = { workspaceId: workspace.id, environmentId: environment.id };
        const dryRun = options.dryRun === true;
        for (const file of files) await readable(file);
        let faulty = 0;
        for (const file of files) {
          let shown = 0;
          const counts = await importEvents(jsonDocuments(file), {
            owner,
            store: dryRun ? null : store,
            onFault: (line, fault) => {
              if (shown++ < SHOWN_FAULTS) process.stderr.write(`${file}:${line}: ${fault}\n`);
            },
            onProgress: (so) => {
              if (process.stderr.isTTY) process.stderr.write(`\r${file}: ${summary(so, dryRun)} `);
            },
          });
          if (process.stderr.isTTY) process.stderr.write('\n');
          if (counts.faulty > SHOWN_FAULTS) process.stderr.write(`… and ${counts.faulty - SHOWN_FAULTS} more\n`);
          process.stdout.write(`${file}: ${summary(counts, dryRun)}\n`);
          faulty += counts.faulty;
        }
        if (faulty > 0) throw new CommandError('Some events could not be read; the others are in place.');
      }),
    );
