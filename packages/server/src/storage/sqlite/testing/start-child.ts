import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const DRIVER = '@photostructure/sqlite';

/** Bundles `store-child.ts` into the directory, so that plain Node runs it; resolves to the script's path. */
export const buildChild = async (directory: string): Promise<string> => {
  const script = join(directory, 'store-child.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./store-child.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['whorl-source'],
    // The driver finds its binary beside itself, so it stays where it is.
    external: [DRIVER],
    logLevel: 'error',
  });
  return script;
};

/** Starts the script on a data directory: `migrate` and end, or `record` until killed, printing each id once it is durable. */
export const startChild = (script: string, task: 'migrate' | 'record', dataDir: string): ChildProcess => {
  const driver = createRequire(import.meta.url).resolve(`${DRIVER}/package.json`);
  return spawn(process.execPath, [script, task, dataDir], {
    env: { ...process.env, NODE_PATH: join(dirname(driver), '..', '..') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
};

/** All that a child printed, by lines, once it has ended. */
export const linesOf = async (child: ChildProcess): Promise<string[]> => {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  return text.split('\n').slice(0, -1);
};
