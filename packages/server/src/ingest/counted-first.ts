import type { Store } from '../storage/store.ts';
import type { Counts } from './counts.ts';

/**
 * A store that erases a visitor out of what this server counts by as well. What visits have raised is written first, or sums would
 * fall below what they are, and once more after it, with what was raised meanwhile; then all that is kept of them is read anew.
 */
export const countedFirst = (store: Store, counts: Pick<Counts, 'flush' | 'readAgain'>): Store => {
  const eraseVisitor: Store['eraseVisitor'] = async (workspaceId, visitorId) => {
    await counts.flush();
    const erased = await store.eraseVisitor(workspaceId, visitorId);
    await counts.flush();
    counts.readAgain();
    return erased;
  };
  return Object.assign(Object.create(store) as Store, { eraseVisitor });
};
