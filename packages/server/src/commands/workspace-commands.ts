import { Command } from 'commander';
import { newEnvironmentId, newWorkspaceId } from '../keys/random-id.ts';
import { findEnvironment, findWorkspace } from './find-owner.ts';
import { parseOrigins } from './parse-origins.ts';
import { table } from './table.ts';
import { withStore } from './with-store.ts';

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** `whorl workspace …`: visitors are recognised within a workspace, and never across two. */
export const workspaceCommand = (env: NodeJS.ProcessEnv): Command => {
  const command = new Command('workspace').description('List and create workspaces');

  command
    .command('list')
    .description('list workspaces')
    .action(() =>
      withStore(env, async (store) => {
        const rows = (await store.workspaces()).map(({ id, name, createdAt }) => [id, name, day(createdAt)]);
        process.stdout.write(table(['ID', 'NAME', 'CREATED'], rows, 'No workspaces yet; the first start makes one.'));
      }),
    );

  command
    .command('create <name>')
    .description('create a workspace with an environment called production')
    .action((name: string) =>
      withStore(
        env,
        async (store) => {
          const now = Date.now();
          const workspace = { id: newWorkspaceId(), name, createdAt: now };
          await store.createWorkspace(workspace);
          const environment = {
            id: newEnvironmentId(),
            workspaceId: workspace.id,
            name: 'production',
            allowedOrigins: [],
            createdAt: now,
          };
          await store.createEnvironment(environment);
          process.stdout.write(`Workspace    ${workspace.id}\nEnvironment  ${environment.id}\n`);
        },
        { create: true },
      ),
    );
  return command;
};

/** `whorl environment …`: parts of a workspace, each with its public keys and allowed origins. */
export const environmentCommand = (env: NodeJS.ProcessEnv): Command => {
  const command = new Command('environment').description('List and create environments, and set their origins');
  const workspaceOption = ['--workspace <id or name>', 'the workspace; may be left out while there is one'] as const;
  type Options = { workspace?: string };

  command
    .command('list')
    .description('list environments of a workspace')
    .option(...workspaceOption)
    .action((options: Options) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const rows = (await store.environments(workspace.id)).map(({ id, name, allowedOrigins, createdAt }) => [
          id,
          name,
          day(createdAt),
          allowedOrigins.join(' ') || 'any',
        ]);
        process.stdout.write(table(['ID', 'NAME', 'CREATED', 'ORIGINS'], rows, 'No environments yet.'));
      }),
    );

  command
    .command('create <name>')
    .description('create an environment')
    .option(...workspaceOption)
    .action((name: string, options: Options) =>
      withStore(env, async (store) => {
        const workspace = await findWorkspace(store, options.workspace);
        const id = newEnvironmentId();
        await store.createEnvironment({
          id,
          workspaceId: workspace.id,
          name,
          allowedOrigins: [],
          createdAt: Date.now(),
        });
        process.stdout.write(`Environment  ${id}\n`);
      }),
    );

  command
    .command('origins <environment> [origins...]')
    .description('take observations from these origins only, such as https://shop.example; none: from any')
    .option(...workspaceOption)
    .action((wanted: string, texts: string[], options: Options) =>
      withStore(env, async (store) => {
        const origins = parseOrigins(texts);
        const workspace = await findWorkspace(store, options.workspace);
        const environment = await findEnvironment(store, workspace, wanted);
        await store.setAllowedOrigins(environment.id, origins);
        process.stdout.write(
          `${environment.name} takes observations from ${origins.length === 0 ? 'any origin' : origins.join(', ')}\n`,
        );
      }),
    );
  return command;
};
