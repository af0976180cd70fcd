#!/usr/bin/env node
// Stands in the repository, so that npm can link the command before anything is built.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli.js', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  process.stderr.write('whorl is not built yet: run `npm run build` first\n');
  process.exitCode = 1;
}
