import { whorlCommand } from './commands/whorl-command.ts';

// Whoever reads the output may have seen enough, as `head` has after some lines. That is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

await whorlCommand(process.argv, process.env);
