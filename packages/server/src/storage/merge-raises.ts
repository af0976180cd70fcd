import type { Raise } from '@whorl/engine';

/** One raise a key, in the order of the keys: whoever raises several sums at once takes them in the same order as all others. */
export const mergeRaises = (raises: readonly Raise[]): Raise[] => {
  const byKey = new Map<number, number>();
  for (const { key, by } of raises) byKey.set(key, by + (byKey.get(key) ?? 0));
  return [...byKey].map(([key, by]) => ({ key, by })).sort((one, other) => one.key - other.key);
};
