import { composeServer } from '../compose.ts';
import { foreignWorkspaces } from '../tenancy/foreign-workspaces.ts';
import { settingsOrFail } from './command-error.ts';
import { startBanner } from './start-banner.ts';

/** `whorl start`: serves in the foreground until it is told to stop; a second signal ends it at once. */
export const startCommand = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const settings = settingsOrFail(env);
  const server = await composeServer(settings);
  for (const notice of foreignWorkspaces(await server.store.workspaces(), settings.region)) {
    process.stderr.write(`${notice}\n`);
  }
  const url = await server.listen();
  process.stdout.write(startBanner(url, settings, server.first));

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
