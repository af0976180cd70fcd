import type { ApiKey } from '@whorl/contract';
import { Command, Option } from 'commander';
import { makeKey } from '../keys/api-key.ts';
import { CommandError } from './command-error.ts';
import { findEnvironment, findWorkspace } from './find-owner.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

type Scope = { workspace?: string; environment?: string };
type CreateOptions = Scope & { kind: ApiKey['kind']; name: string };

const instant = (time: number | null): string =>
  time === null ? '' : new Date(time).toISOString().slice(0, 16).replace('T', ' ');

/** `whorl key …`: public keys for pages, secret keys for servers. Only hashes are kept. */
export const keyCommand = (env: NodeJS.ProcessEnv): Command => {
  const command = new Command('key').description('List, create and revoke keys');
  const workspaceOption = ['--workspace <id or name>', 'the workspace; may be left out while there is one'] as const;

  command
    .command('list')
    .description('list keys of a workspace')
    .option(...workspaceOption)
    .action((options: Scope) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const rows = (await store.keys(workspace.id)).map((key) => [
          key.id,
          key.kind,
          `${key.prefix}…`,
          key.environmentId ?? 'whole workspace',
          instant(key.createdAt),
          instant(key.revokedAt),
          key.name,
        ]);
        const headings = ['ID', 'KIND', 'KEY', 'FOR', 'CREATED', 'REVOKED', 'NAME'];
        process.stdout.write(table(headings, rows, 'No keys yet; `whorl key create` makes one.'));
      }),
    );

  command
    .command('create')
    .description('create a key and print it, this once')
    .addOption(new Option('--kind <kind>', 'what it is for').choices(['public', 'secret']).makeOptionMandatory())
    .option('--name <name>', 'a name to know it by', '')
    .option(...workspaceOption)
    .option('--environment <id or name>', 'limits a secret key to one environment; a public key always belongs to one')
    .action((options: CreateOptions) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const limited = options.kind === 'public' || options.environment !== undefined;
        const environment = limited ? await findEnvironment(store, workspace, options.environment) : null;
        const owner = {
          kind: options.kind,
          workspaceId: workspace.id,
          environmentId: environment?.id ?? null,
          name: options.name,
        };
        const { text, stored } = makeKey(owner, Date.now());
        if (!(await store.addKey(stored))) throw new CommandError('The key could not be stored; try again.');
        process.stdout.write(`${text}\n`);
        process.stderr.write(
          `Key ${stored.key.id} for ${environment?.name ?? workspace.name}; it is not shown again.\n`,
        );
      }),
    );

  command
    .command('revoke <keyId>')
    .description('revoke a key; requests with it are refused from now on')
    .action((keyId: string) =>
      withStore(env, async (store) => {
        if (!(await store.revokeKey(keyId, Date.now()))) {
          throw new CommandError(`There is no key "${keyId}" to revoke; \`whorl key list\` shows the ids.`);
        }
        process.stdout.write(`Key ${keyId} is revoked.\n`);
      }),
    );
  return command;
};
