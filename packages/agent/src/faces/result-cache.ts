import { murmurX64Hash128 } from '@fingerprintjs/fingerprintjs';

/** Where and how long results are kept, so that not every page view makes an event. */
export type CacheOption = {
  storage: 'sessionStorage' | 'localStorage' | 'agent';
  /** Seconds up to 43,200; `optimize-cost` is an hour, `aggressive` twelve. */
  duration: 'optimize-cost' | 'aggressive' | number;
  cachePrefix?: string;
};

/** Keeps results by what was asked for. */
export type ResultCache<T> = { get(question: unknown): T | undefined; set(question: unknown, result: T): void };

const LONGEST = 43_200;
const NAMED = { 'optimize-cost': 3_600, aggressive: LONGEST } as const;

/** Seconds, or undefined where the option asks for something that there is not. */
const secondsOf = ({ duration }: CacheOption): number | undefined => {
  const seconds = typeof duration === 'number' ? duration : NAMED[duration];
  return typeof seconds === 'number' && seconds > 0 && seconds <= LONGEST ? seconds : undefined;
};

type Shelf = { getItem(key: string): string | null; setItem(key: string, value: string): void };

const memoryShelf = (): Shelf => {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
};

const shelfOf = (storage: CacheOption['storage']): Shelf | undefined => {
  if (storage === 'agent') return memoryShelf();
  if (storage !== 'localStorage' && storage !== 'sessionStorage') return undefined;
  return {
    getItem: (key) => window[storage].getItem(key),
    setItem: (key, value) => window[storage].setItem(key, value),
  };
};

/**
 * A cache as the option asks for it, for one public key; undefined where the option is wrong. Where the browser forbids
 * the storage, nothing is found and nothing is kept.
 */
export const createResultCache = <T>(option: CacheOption, publicKey: string): ResultCache<T> | undefined => {
  const seconds = secondsOf(option);
  const shelf = shelfOf(option.storage);
  if (seconds === undefined || shelf === undefined) return undefined;
  const keyOf = (question: unknown) =>
    `${option.cachePrefix ?? ''}whorl_result_${murmurX64Hash128(JSON.stringify([publicKey, question]))}`;
  return {
    get: (question) => {
      try {
        const kept = shelf.getItem(keyOf(question));
        if (kept === null) return undefined;
        const { until, result } = JSON.parse(kept) as { until: number; result: T };
        return Date.now() < until ? result : undefined;
      } catch {
        return undefined;
      }
    },
    set: (question, result) => {
      try {
        shelf.setItem(keyOf(question), JSON.stringify({ until: Date.now() + seconds * 1000, result }));
      } catch {
        // A full or forbidden storage costs a request, not the result.
      }
    },
  };
};
