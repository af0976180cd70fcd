import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Files } from './wire-responder.ts';

/** The three libraries run together as their makers' documents say, monitoring off, without anything of ours. */
const LIBRARIES = `
  import { load as loadFingerprint } from '@fingerprintjs/fingerprintjs';
  import { load as loadBotd } from '@fingerprintjs/botd';
  import { detectIncognito } from 'detectincognitojs';
  window.__run = () => Promise.all([
    loadFingerprint({ monitoring: false }).then((agent) => agent.get()),
    loadBotd({ monitoring: false }).then((detector) => detector.detect()),
    detectIncognito(),
  ]);
`;

/** Ours as the official loader starts it: load, then get. */
const OURS = `
  window.__run = () => window.__fpjs_p_l_b.load().then((agent) => agent.get());
`;

/**
 * Tells, as \`window.__result\`, the milliseconds from the script's start to the answer and every long task until a while
 * after it.
 */
const MEASURE = `
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) tasks.push({ start: task.startTime, duration: task.duration });
  }).observe({ type: 'longtask', buffered: true });
  window.__result = window.__run().then(async () => {
    const end = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { ms: end - window.__start, longTasks: tasks.filter(({ start }) => start >= window.__start - 1) };
  });
`;

const html = (scripts: string[]) =>
  `<!doctype html><title>bench</title><body>${scripts.map((src) => `<script src="${src}"></script>`).join('')}</body>`;

/** Both pages with their scripts. The clock starts in the first line of each script, before its libraries are run. */
export const benchFiles = async (): Promise<{ files: Files; gzipped: { libraries: string; agent: string } }> => {
  const root = new URL('../../', import.meta.url);
  const bundled = await build({
    stdin: { contents: LIBRARIES, resolveDir: new URL('bench', root).pathname },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2019',
    legalComments: 'none',
    write: false,
  });
  const libraries = bundled.outputFiles[0]?.text ?? '';
  const built = await readFile(new URL('packages/agent/dist/web/v3-loader.js', root), 'utf8');
  const agent = built.replaceAll('__WHORL_PUBLIC_KEY__', 'bench');
  const worker = await readFile(new URL('packages/agent/dist/web/worker.js', root), 'utf8');
  const script = (body: string) => ['text/javascript', body] as const;
  const start = 'window.__start = performance.now();';
  return {
    gzipped: { libraries, agent },
    files: {
      '/libraries': ['text/html', html(['/libraries.js', '/measure.js'])],
      '/agent': ['text/html', html(['/v3/bench/loader_v3.js', '/agent.js', '/measure.js'])],
      '/libraries.js': script(`${start}${libraries}`),
      '/v3/bench/loader_v3.js': script(`${start}${agent}`),
      '/agent.js': script(OURS),
      '/measure.js': script(MEASURE),
      '/agent/worker.js': script(worker),
    },
  };
};
