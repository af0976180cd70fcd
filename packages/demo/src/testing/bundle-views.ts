import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** A classic script from TypeScript that imports the page's modules as if it lay in `src`, and the style sheet of the page. */
export const bundleViews = async (code: string): Promise<{ script: string; styles: string }> => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import './styles/demo.css';\n${code}`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'ts',
    },
    outdir: 'out',
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    conditions: ['whorl-source'],
  });
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js'), styles: textOf('.css') };
};
