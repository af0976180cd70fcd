import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { compile } from 'svelte/compiler';

/** The wrappers that have a page here. */
export type WrapperPage = 'react-2' | 'react-3' | 'vue' | 'vue-mixins' | 'angular' | 'svelte' | 'spa';

/** Compiles Svelte's components, those inside packages included. */
const svelte: Plugin = {
  name: 'svelte',
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, async ({ path }) => ({
      contents: compile(await readFile(path, 'utf8'), { filename: path, css: 'injected' }).js.code,
      loader: 'js',
    }));
  },
};

/** A page's script with its framework and the wrapper from npm, unmodified, as one classic script. */
export const bundlePage = async (page: WrapperPage): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`${page}.page.ts`, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    mainFields: ['svelte', 'browser', 'module', 'main'],
    conditions: ['svelte', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'true' },
    plugins: [svelte],
    logLevel: 'error',
  });
  return outputFiles.map(({ text }) => text).join('');
};
