import { MOST_FOUND } from './store.ts';

/**
 * Whom lines of visitors lead to, each once with the lines that do (bit `n` stands for line `n`), in the order of the first of
 * them, until there are `MOST_FOUND`.
 */
export const foundBy = (lines: readonly (readonly number[])[]): Map<number, number> => {
  const found = new Map<number, number>();
  lines.forEach((line, at) => {
    for (const visitor of line) {
      const before = found.get(visitor);
      if (before !== undefined) found.set(visitor, before | (1 << at));
      else if (found.size < MOST_FOUND) found.set(visitor, 1 << at);
    }
  });
  return found;
};
