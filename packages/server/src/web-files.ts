import { readFile } from 'node:fs/promises';
import type { AgentScripts } from './http/agent/script-routes.ts';
import type { DemoParts } from './http/demo/demo-routes.ts';

/** A built file that is missing: the build was not run, or not to its end. */
export class WebFilesMissingError extends Error {
  constructor(file: string) {
    super(`${file} is missing: run \`npm run build\` first`);
    this.name = 'WebFilesMissingError';
  }
}

/** The packages lie beside ours, for the sources and for the built files alike. */
const packages = new URL('../../', import.meta.url);

const read = async (path: string): Promise<string> => {
  const url = new URL(path, packages);
  try {
    return await readFile(url, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new WebFilesMissingError(url.pathname);
    throw error;
  }
};

/** The agent's scripts and the demo page, as built. */
export const readWebFiles = async (): Promise<{ scripts: AgentScripts; demo: DemoParts['files'] }> => ({
  scripts: {
    v3Loader: await read('agent/dist/web/v3-loader.js'),
    v3: await read('agent/dist/web/v3.js'),
    v4: await read('agent/dist/web/v4.js'),
    worker: await read('agent/dist/web/worker.js'),
    notice: await read('agent/dist/web/NOTICE.txt'),
  },
  demo: {
    html: await read('demo/dist/web/demo.html'),
    css: await read('demo/dist/web/demo.css'),
    js: await read('demo/dist/web/demo.js'),
  },
});
