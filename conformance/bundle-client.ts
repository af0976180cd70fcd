import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A package of npm as one classic script that sets the global `client` to all that the package exports. */
export const bundleClient = async (packageName: string): Promise<string> => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from ${JSON.stringify(packageName)};`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'client',
    platform: 'browser',
    logLevel: 'error',
  });
  return outputFiles.map(({ text }) => text).join('');
};
