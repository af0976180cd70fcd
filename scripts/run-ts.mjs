// Runs a TypeScript file with Node: `node scripts/run-ts.mjs bench/agent/run.ts --runs 5`. The file and what it imports by
// a relative path are bundled first, beside the file, so that its addresses stay right. Packages are left outside: ours
// come from their built files, so build first.
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [, , entry, ...rest] = process.argv;
if (entry === undefined) throw new Error('usage: node scripts/run-ts.mjs <file.ts> [arguments]');

const outfile = join(dirname(resolve(entry)), `.run-${process.pid}.mjs`);
process.argv = [process.argv[0], resolve(entry), ...rest];
try {
  await build({
    entryPoints: [resolve(entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await import(pathToFileURL(outfile).href);
} finally {
  await rm(outfile, { force: true });
}
