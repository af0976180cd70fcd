// node bench/store/run.mjs: bundles and runs the benchmark of the store on a directory of its own.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const outfile = fileURLToPath(new URL('../dist/store-bench.mjs', import.meta.url));
await build({
  entryPoints: [fileURLToPath(new URL('./store-bench.ts', import.meta.url))],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  conditions: ['whorl-source'],
  external: ['@photostructure/sqlite'],
  // Bundled packages that are CommonJS ask for node's own modules by require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
await import(outfile);
