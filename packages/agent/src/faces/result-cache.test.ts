import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CacheOption, createResultCache } from './result-cache.ts';

const cacheOf = (option: Partial<CacheOption> = {}) =>
  createResultCache<string>({ storage: 'agent', duration: 60, ...option }, 'key');

afterEach(() => {
  vi.useRealTimers();
});

describe('the cache of results', () => {
  it('finds what was kept for the same question, and nothing for another', () => {
    const cache = cacheOf();
    cache?.set({ linkedId: 'a' }, 'answer');
    expect(cache?.get({ linkedId: 'a' })).toBe('answer');
    expect(cache?.get({ linkedId: 'b' })).toBeUndefined();
  });

  it('forgets after its duration', () => {
    vi.useFakeTimers();
    const cache = cacheOf({ duration: 60 });
    cache?.set('question', 'answer');
    vi.advanceTimersByTime(59_999);
    expect(cache?.get('question')).toBe('answer');
    vi.advanceTimersByTime(1);
    expect(cache?.get('question')).toBeUndefined();
  });

  it.each([
    ['optimize-cost', 3_600],
    ['aggressive', 43_200],
  ] as const)('%s lasts %d seconds', (duration, seconds) => {
    vi.useFakeTimers();
    const cache = cacheOf({ duration });
    cache?.set('question', 'answer');
    vi.advanceTimersByTime(seconds * 1000 - 1);
    expect(cache?.get('question')).toBe('answer');
    vi.advanceTimersByTime(1);
    expect(cache?.get('question')).toBeUndefined();
  });

  it.each([[0], [-1], [43_201], [Number.NaN]])('refuses a duration of %d', (duration) => {
    expect(cacheOf({ duration })).toBeUndefined();
  });

  it('refuses a storage that there is not', () => {
    expect(cacheOf({ storage: 'cookie' as CacheOption['storage'] })).toBeUndefined();
  });

  it('finds nothing and breaks nothing where storage is forbidden', () => {
    // Node has no window, and a browser that forbids storage throws just as well.
    const cache = cacheOf({ storage: 'localStorage' });
    cache?.set('question', 'answer');
    expect(cache?.get('question')).toBeUndefined();
  });
});
