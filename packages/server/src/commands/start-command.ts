import { composeServer, type Server } from '../compose.ts';
import { foreignWorkspaces } from '../tenancy/foreign-workspaces.ts';
import { settingsOrFail } from './command-error.ts';

const banner = (url: string, demo: boolean, { first }: Server): string => {
  const lines = [`Whorl is ready at ${url}`, ''];
  if (demo) lines.push(`  Demo page    ${url}/demo`);
  if (first.fresh === null) {
    lines.push('  Keys         as made before; `npm run whorl -- key list` shows them, `key create` makes more');
  } else {
    lines.push(
      `  Workspace    ${first.workspace.name} (${first.workspace.id})`,
      `  Public key   ${first.fresh.publicKey}   for your pages`,
      `  Secret key   ${first.fresh.secretKey}   for your servers; shown this once, only its hash is kept`,
    );
  }
  return `${lines.join('\n')}\n`;
};

/** `whorl start`: serves in the foreground until it is told to stop; a second signal ends it at once. */
export const startCommand = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const settings = settingsOrFail(env);
  const server = await composeServer(settings);
  for (const notice of foreignWorkspaces(await server.store.workspaces(), settings.region)) {
    process.stderr.write(`${notice}\n`);
  }
  const url = await server.listen();
  process.stdout.write(banner(url, settings.demo, server));

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    process.stdout.write(`${signal}: finishing what has arrived …\n`);
    server.stop().then(
      () => process.stdout.write('Stopped; nothing was lost.\n'),
      (error: unknown) => {
        server.log.error({ err: error }, 'the server did not stop cleanly');
        process.exitCode = 1;
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};
