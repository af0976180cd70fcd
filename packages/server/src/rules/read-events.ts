import type { Event, EventSearch } from '@whorl/contract';
import type { Store } from '../storage/store.ts';

/** Events read at once: few, as SQLite reads in this thread and others wait meanwhile. */
const PAGE = 50;

/** Which events to read: the newest `most` of those that the search finds. */
export type EventRange = Pick<EventSearch, 'workspaceId' | 'filter' | 'after' | 'before'> & { most: number };

/**
 * Pages of events, newest first. The last page tells whether there would have been more beyond `most`. Stops between two
 * pages when it is aborted, by throwing the signal's reason.
 */
export async function* readEvents(
  store: Store,
  { most, ...range }: EventRange,
  signal?: AbortSignal,
): AsyncGenerator<{ events: Event[]; more: boolean }> {
  let from: EventSearch['from'] = null;
  for (let left = most; left > 0; ) {
    signal?.throwIfAborted();
    const limit = Math.min(PAGE, left);
    const page = await store.searchEvents({ ...range, order: 'newest-first', from, limit });
    yield page;
    const last = page.events.at(-1);
    if (!page.more || last === undefined) return;
    from = { time: last.time, id: last.id };
    left -= page.events.length;
  }
}
