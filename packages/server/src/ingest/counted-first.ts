import type { Store } from '../storage/store.ts';
import type { Counts } from './counts.ts';

/**
 * A store that writes what visits are counted by before it erases a visitor: what were written after it would bring back sums
 * that the visitor has just been taken out of.
 */
export const countedFirst = (store: Store, counts: Pick<Counts, 'flush'>): Store => {
  const eraseVisitor: Store['eraseVisitor'] = async (workspaceId, visitorId) => {
    await counts.flush();
    return store.eraseVisitor(workspaceId, visitorId);
  };
  return Object.assign(Object.create(store) as Store, { eraseVisitor });
};
