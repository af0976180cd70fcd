import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export type AgentEntry = 'v3-loader' | 'v3' | 'v4' | 'worker';

const built = new Map<string, Promise<string>>();

const bundle = async (options: { entry?: string; code?: string; format: 'esm' | 'iife' }): Promise<string> => {
  const directory = fileURLToPath(new URL('..', import.meta.url));
  const input =
    options.code === undefined
      ? { entryPoints: [`${directory}${options.entry}`] }
      : { stdin: { contents: options.code, resolveDir: directory, loader: 'ts' as const } };
  const result = await build({
    ...input,
    bundle: true,
    write: false,
    format: options.format,
    platform: 'browser',
    target: 'es2022',
    conditions: ['whorl-source'],
  });
  return result.outputFiles[0]?.text ?? '';
};

/** One of the agent's scripts from the sources as they are now, with `publicKey` written in as the server does it. */
export const bundleAgent = async (entry: AgentEntry, publicKey = 'test_public_key'): Promise<string> => {
  const format = entry === 'v3' || entry === 'v4' ? 'esm' : 'iife';
  const ready = built.get(entry) ?? bundle({ entry: `entries/${entry}.ts`, format });
  built.set(entry, ready);
  return (await ready).replaceAll('__WHORL_PUBLIC_KEY__', publicKey);
};

/** A classic script from TypeScript that imports the agent's modules as if it lay in `src`. */
export const bundleCode = (code: string): Promise<string> => bundle({ code, format: 'iife' });
