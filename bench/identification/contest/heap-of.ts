import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const collect = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

const used = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/**
 * How many bytes each of a list keeps alive alone: what is free after it is let go. Takes the list's last first, and leaves it
 * empty; nothing else may hold what is in it.
 */
export const heapOf = <T, K>(list: T[], keyOf: (one: T) => K): Map<K, number> => {
  const gc = collect();
  const bytes = new Map<K, number>();
  gc();
  for (let one = list.pop(); one !== undefined; one = list.pop()) {
    const before = used();
    const key = keyOf(one);
    one = undefined;
    gc();
    // What is collected elsewhere meanwhile can outweigh one that keeps next to nothing.
    bytes.set(key, Math.max(0, before - used()));
  }
  return bytes;
};
