import type { Environment } from '@whorl/contract';
import { Command } from 'commander';
import type { EnvironmentChange, Store } from '../storage/store.ts';
import { createEnvironment, MOST_ENVIRONMENTS } from '../tenancy/create-workspace.ts';
import { environmentView } from '../tenancy/environment-view.ts';
import { newSealingKey } from '../tenancy/new-sealing-key.ts';
import { openBesideSealed } from '../tenancy/open-beside-sealed.ts';
import { CommandError } from './command-error.ts';
import { findEnvironment, findWorkspace, workspaceOption } from './find-owner.ts';
import { parseName, parseOrigins, parseSealingKey } from './option-forms.ts';
import { day, jsonOption, lines, type OutputOptions, print } from './output.ts';
import { readStandardInput } from './read-standard-input.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

type Options = OutputOptions & { workspace?: string };
type ChangeOptions = Options & { name?: string; origins?: string[]; anyOrigin?: boolean };

const environmentArgument = ['[environment]', 'its id or name; may be left out while there is one'] as const;

const originsText = ({ allowedOrigins }: Environment, between: string): string => allowedOrigins.join(between) || 'any';

const describe = (environment: Environment): string =>
  lines({
    Environment: environment.id,
    Name: environment.name,
    Origins: originsText(environment, ' '),
    Sealed: environment.sealingKey === null ? 'no' : 'yes',
  });

/** The origins that the options ask for, none for any; undefined where they are to stay. */
const chosenOrigins = (texts: string[] | undefined, any = false): string[] | undefined => {
  if (any && texts !== undefined) throw new CommandError('Give either origins or --any-origin.');
  return any ? [] : texts && parseOrigins(texts);
};

const nameTaken = (name: string): CommandError =>
  new CommandError(`The workspace has an environment "${name}" already; choose another name.`);

const changeIn = async (store: Store, environment: Environment, wish: EnvironmentChange): Promise<Environment> => {
  const changed = await store.changeEnvironment(environment.workspaceId, environment.id, () => wish);
  if (changed === undefined) throw new CommandError(`The environment ${environment.id} is gone.`);
  if (changed === 'name-taken') throw nameTaken(wish.name ?? '');
  return changed;
};

const list = (env: NodeJS.ProcessEnv): Command =>
  new Command('list')
    .description('list environments of a workspace')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((options: Options) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const environments = await store.environments(workspace.id);
        const rows = environments.map((each) => [
          each.id,
          each.name,
          day(each.createdAt),
          each.sealingKey === null ? 'no' : 'yes',
          originsText(each, ' '),
        ]);
        const empty = 'No environments yet; `whorl environment create <name>` makes one.';
        const text = table(['ID', 'NAME', 'CREATED', 'SEALED', 'ORIGINS'], rows, empty);
        print(options, environments.map(environmentView), text);
      }),
    );

const create = (env: NodeJS.ProcessEnv): Command =>
  new Command('create')
    .argument('<name>', 'a name to know it by')
    .description('create an environment')
    .option(...workspaceOption)
    .option('--origins <origins...>', 'take observations from these origins only, such as https://shop.example')
    .option(...jsonOption)
    .action((name: string, options: ChangeOptions) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const draft = { name: parseName(name), allowedOrigins: parseOrigins(options.origins ?? []) };
        const environment = await createEnvironment(store, workspace.id, draft, Date.now());
        if (environment === 'name-taken') throw nameTaken(draft.name);
        if (environment === 'too-many')
          throw new CommandError(`A workspace may have ${MOST_ENVIRONMENTS} environments.`);
        print(options, environmentView(environment), lines({ Environment: environment.id }));
      }),
    );

const change = (env: NodeJS.ProcessEnv): Command =>
  new Command('change')
    .argument(...environmentArgument)
    .description('change an environment; without options, show it')
    .option(...workspaceOption)
    .option('--name <name>', 'a name to know it by')
    .option('--origins <origins...>', 'take observations from these origins only, such as https://shop.example')
    .option('--any-origin', 'take observations from any origin')
    .option(...jsonOption)
    .action((wanted: string | undefined, options: ChangeOptions) =>
      withStore(env, async (store) => {
        const allowedOrigins = chosenOrigins(options.origins, options.anyOrigin);
        const workspace = await findWorkspace(store, options.workspace);
        const changed = await changeIn(store, await findEnvironment(store, workspace, wanted), {
          ...(options.name === undefined ? {} : { name: parseName(options.name) }),
          ...(allowedOrigins === undefined ? {} : { allowedOrigins }),
        });
        print(options, environmentView(changed), describe(changed));
      }),
    );

const origins = (env: NodeJS.ProcessEnv): Command =>
  new Command('origins')
    .argument('<environment>', 'its id or name')
    .argument('[origins...]', 'such as https://shop.example')
    .description('take observations from these origins only; without origins, show which')
    .option('--any-origin', 'take observations from any origin')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string, texts: string[], options: ChangeOptions) =>
      withStore(env, async (store) => {
        const allowedOrigins = chosenOrigins(texts.length === 0 ? undefined : texts, options.anyOrigin);
        const workspace = await findWorkspace(store, options.workspace);
        const environment = await findEnvironment(store, workspace, wanted);
        const now = allowedOrigins === undefined ? environment : await changeIn(store, environment, { allowedOrigins });
        const from = now.allowedOrigins.length === 0 ? 'any origin' : originsText(now, ', ');
        print(options, environmentView(now), `${now.name} takes observations from ${from}\n`);
      }),
    );

const seal = (env: NodeJS.ProcessEnv): Command =>
  new Command('seal')
    .argument(...environmentArgument)
    .description('seal results with a key, which is printed this once; browsers then get sealed results only')
    .option(...workspaceOption)
    .option(
      '--key <base64>',
      'a key of your own, 32 bytes in base64; - reads it from standard input, where no shell history keeps it; without it one is made',
    )
    .option(...jsonOption)
    .action((wanted: string | undefined, options: Options & { key?: string }) =>
      withStore(env, async (store) => {
        const given = options.key === '-' ? await readStandardInput() : options.key;
        const sealingKey = given === undefined ? newSealingKey() : parseSealingKey(given);
        const workspace = await findWorkspace(store, options.workspace);
        if (workspace.disabledFeatures.includes('sealedResults')) {
          throw new CommandError(
            `sealedResults is switched off for ${workspace.name}; \`whorl workspace change ${workspace.id} --enable sealedResults\` switches it on.`,
          );
        }
        const changed = await changeIn(store, await findEnvironment(store, workspace, wanted), { sealingKey });
        print(options, { environmentId: changed.id, sealingKey }, `${sealingKey}\n`);
        process.stderr.write(`Results of ${changed.name} are sealed with this key; it is not shown again.\n`);
        for (const { name } of openBesideSealed(workspace, await store.environments(workspace.id))) {
          process.stderr.write(`${name} is not sealed and so recognises visitors by itself from now on.\n`);
        }
      }),
    );

const unseal = (env: NodeJS.ProcessEnv): Command =>
  new Command('unseal')
    .argument(...environmentArgument)
    .description('delete the sealing key; browsers then get plain results')
    .option(...workspaceOption)
    .option(...jsonOption)
    .action((wanted: string | undefined, options: Options) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const changed = await changeIn(store, await findEnvironment(store, workspace, wanted), { sealingKey: null });
        print(options, environmentView(changed), `Results of ${changed.name} are not sealed.\n`);
      }),
    );

/** `whorl environment …`: parts of a workspace, each with its public keys, allowed origins and sealing key. */
export const environmentCommand = (env: NodeJS.ProcessEnv): Command => {
  const command = new Command('environment').description(
    'List, create and change environments, and seal their results',
  );
  for (const make of [list, create, change, origins, seal, unseal]) command.addCommand(make(env));
  return command;
};
