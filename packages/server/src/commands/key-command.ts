import { type ApiKey, type Environment, keyKinds, type Workspace } from '@whorl/contract';
import { Command, Option } from 'commander';
import { MOST_KEYS, makeKey } from '../keys/api-key.ts';
import type { Store } from '../storage/store.ts';
import { changeKeyCommand } from './change-key-command.ts';
import { CommandError } from './command-error.ts';
import { findEnvironment, findWorkspace, workspaceOption } from './find-owner.ts';
import { parseKeyName } from './option-forms.ts';
import { jsonOption, minute, type OutputOptions, print } from './output.ts';
import { signingKeyCommand } from './signing-key-command.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

type Scope = OutputOptions & { workspace?: string; environment?: string };
type CreateOptions = Scope & { kind: ApiKey['kind']; name: string; requiresSignature?: boolean };

const list = (env: NodeJS.ProcessEnv): Command =>
  new Command('list')
    .description('list keys of a workspace, revoked ones included')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((options: Scope) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const keys = await store.keys(workspace.id);
        const rows = keys.map((key) => [
          key.id,
          key.kind,
          `${key.prefix}…`,
          key.environmentId ?? 'whole workspace',
          minute(key.createdAt),
          minute(key.revokedAt),
          key.requiresSignature ? 'required' : '',
          key.name,
        ]);
        const headings = ['ID', 'KIND', 'KEY', 'FOR', 'CREATED', 'REVOKED', 'SIGNATURE', 'NAME'];
        print(options, keys, table(headings, rows, 'No keys yet; `whorl key create --kind secret` makes one.'));
      }),
    );

/** The environment that a new key is limited to; null for the whole workspace. */
const limitOf = async (
  store: Store,
  workspace: Workspace,
  { kind, environment }: CreateOptions,
): Promise<Environment | null> => {
  if (kind === 'management' && environment !== undefined) {
    throw new CommandError('A management key is for the whole workspace; leave out --environment.');
  }
  const limited = kind === 'public' || environment !== undefined;
  return limited ? await findEnvironment(store, workspace, environment) : null;
};

const create = (env: NodeJS.ProcessEnv): Command =>
  new Command('create')
    .description('create a key and print it, this once')
    .addOption(
      new Option('--kind <kind>', 'public for pages, secret for servers, management for changing the workspace')
        .choices(keyKinds)
        .makeOptionMandatory(),
    )
    .option('--name <name>', 'a name to know it by', '')
    .option(...workspaceOption)
    .option('--environment <id or name>', 'limits a secret key to one environment; a public key always belongs to one')
    .option('--requires-signature', 'hold it against reports with this public key that their app has not signed')
    .option(...jsonOption)
    .action((options: CreateOptions) =>
      withStore(env, async (store) => {
        const name = parseKeyName(options.name);
        const { requiresSignature = false } = options;
        if (requiresSignature && options.kind !== 'public') {
          throw new CommandError('Apps send with public keys; leave out --requires-signature.');
        }
        const workspace = await findWorkspace(store, options.workspace);
        const environment = await limitOf(store, workspace, options);
        const { kind } = options;
        const owner = {
          kind,
          workspaceId: workspace.id,
          environmentId: environment?.id ?? null,
          name,
          requiresSignature,
        };
        const { text, stored } = makeKey(owner, Date.now());
        const added = await store.addKey(stored, MOST_KEYS);
        if (added === 'too-many') {
          throw new CommandError(`A workspace may have ${MOST_KEYS} keys; revoke one that is not needed.`);
        }
        if (!added) throw new CommandError('The key could not be stored; try again.');
        print(options, { ...stored.key, text }, `${text}\n`);
        const whose = environment?.name ?? workspace.name;
        process.stderr.write(`Key ${stored.key.id} for ${whose}; it is not shown again.\n`);
      }),
    );

const revoke = (env: NodeJS.ProcessEnv): Command =>
  new Command('revoke')
    .argument('<keyId>', 'its id, as `whorl key list` shows it')
    .description('revoke a key; requests with it are refused from now on')
    .option(...jsonOption)
    .action((id: string, options: OutputOptions) =>
      withStore(env, async (store) => {
        const revokedAt = Date.now();
        if (!(await store.revokeKey(id, revokedAt))) {
          throw new CommandError(`There is no key "${id}" to revoke; \`whorl key list\` shows the ids.`);
        }
        print(options, { id, revokedAt }, `Key ${id} is revoked.\n`);
      }),
    );

/** `whorl key …`: public keys for pages, secret keys for servers, management keys for changes. Only hashes are kept. */
export const keyCommand = (env: NodeJS.ProcessEnv): Command =>
  new Command('key')
    .description('List, create, change and revoke keys, and those that apps sign with')
    .addCommand(list(env))
    .addCommand(create(env))
    .addCommand(changeKeyCommand(env))
    .addCommand(revoke(env))
    .addCommand(signingKeyCommand(env));
