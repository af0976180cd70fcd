import type { CountOf, Raise } from '@whorl/engine';
import { scopedKey } from '../storage/scoped-key.ts';

/** Counts as the visitors of one identity scope see them. `raised`: theirs as the store keeps them. */
export const scopedCounts = (
  countOf: CountOf,
  scopeHash: number,
): { countOf: CountOf; raised: (raises: readonly Raise[]) => Raise[] } => ({
  countOf: (key) => countOf(scopedKey(scopeHash, key)),
  raised: (raises) => raises.map(({ key, by }) => ({ key: scopedKey(scopeHash, key), by })),
});
