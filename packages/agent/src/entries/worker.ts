import { readContext } from '../contexts/context-facts.ts';

/** The worker's script: tells once what this context says of the browser, then has nothing left to do. */
const isWorker = typeof importScripts === 'function';

const webGl = (): WebGLRenderingContext | null | undefined =>
  typeof OffscreenCanvas === 'undefined' ? undefined : new OffscreenCanvas(1, 1).getContext('webgl');

if (isWorker) {
  const facts = readContext({
    navigator,
    timezone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    webGl,
  });
  self.postMessage(facts);
}
