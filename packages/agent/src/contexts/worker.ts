import type { ContextFacts } from '@whorl/contract';
import type { Source } from '../sources/source.ts';

const DEADLINE = 3_000;

/** What a worker says. Absent where the endpoint has another origin than the page: workers must come from their own. */
export const worker: Source<ContextFacts> = {
  once: true,
  deadline: DEADLINE,
  collect: ({ workerUrl }) => {
    if (workerUrl === undefined || typeof Worker === 'undefined') return undefined;
    const asked = new Worker(workerUrl);
    return new Promise<ContextFacts>((resolve, reject) => {
      asked.onmessage = ({ data }: MessageEvent<ContextFacts>) => resolve(data);
      asked.onerror = (event) => {
        // Handled here: a page's own error reports need not know.
        event.preventDefault();
        reject(new Error(event.message || 'the worker did not start'));
      };
      setTimeout(() => asked.terminate(), DEADLINE);
    }).finally(() => asked.terminate());
  },
};
