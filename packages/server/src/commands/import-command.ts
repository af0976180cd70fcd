import { access, constants, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { importEvents } from '../import/import-events.ts';
import { jsonDocuments } from '../import/json-documents.ts';
import { identityScopeAmong } from '../ingest/identity-scope.ts';
import { CommandError } from './command-error.ts';
import { findEnvironment, findWorkspace } from './find-owner.ts';
import { ImportReport } from './import-report.ts';
import { withStore } from './with-store.ts';

type Options = { workspace?: string; environment?: string; dryRun?: true };

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
    .argument('<files...>', 'files of JSON documents, on one line or many; may be packed with gzip')
    .option('--workspace <id or name>', 'the workspace; may be left out while there is one')
    .option('--environment <id or name>', 'the environment; may be left out while there is one')
    .option('--dry-run', 'read and check everything, say what an import would do, and store nothing')
    .addHelpText(
      'after',
      '\nEvents keep their ids, times and visitor ids. An id that is known already is left as it is, so an import that was\nbroken off can be run again. See docs/migrating.md.',
    )
    .action((files: string[], options: Options) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const environment = await findEnvironment(store, workspace, options.environment);
        const scope = identityScopeAmong(workspace, environment, await store.environments(workspace.id));
        const owner = { workspaceId: workspace.id, environmentId: environment.id, scope };
        const dryRun = options.dryRun === true;
        const foreseen = new Set<string>();
        for (const file of files) await readable(file);
        let faulty = 0;
        for (const file of files) {
          const report = new ImportReport(file, dryRun, process.stderr);
          const counts = await importEvents(jsonDocuments(file), {
            owner,
            store,
            write: !dryRun,
            foreseen,
            onFault: (line, fault) => report.fault(line, fault),
            onNote: (line, note) => report.note(line, note),
            onProgress: (so) => report.progress(so),
          });
          report.end();
          process.stdout.write(`${report.summary(counts)}\n`);
          faulty += counts.faulty;
        }
        if (faulty === 0) return;
        throw new CommandError(
          dryRun ? 'Some events cannot be read.' : 'Some events could not be read; the others are in place.',
        );
      }),
    );
