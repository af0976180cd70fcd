import type { DryRunSource, EdgeEvent, Event, EventPage, EventSearch, Feature } from '@whorl/contract';
import type { Store } from '../storage/store.ts';
import { v4EdgeView } from '../views/v4/edge-view.ts';
import { v4EventView } from '../views/v4/event-view.ts';

/** Events read at once: few, as SQLite reads in this thread and others wait meanwhile. */
const PAGE = 50;

type ViewOptions = { hidden: ReadonlySet<Feature> };

/** An event, and what rules see of it, which is made when it is asked for. */
export type SeenEvent = { id: string; time: number; view: () => ReturnType<typeof v4EventView | typeof v4EdgeView> };

/** Which events to read: the newest `most` of those that the search finds. */
export type EventRange = Pick<EventSearch, 'workspaceId' | 'filter' | 'after' | 'before'> & {
  source: DryRunSource;
  most: number;
};

type Page = EventPage<SeenEvent>;

const seen = <E extends Event | EdgeEvent>(
  { events, more }: EventPage<E>,
  view: (event: E) => ReturnType<SeenEvent['view']>,
): Page => ({
  events: events.map((event) => ({ id: event.id, time: event.time, view: () => view(event) })),
  more,
});

const readers: Record<DryRunSource, (store: Store, search: EventSearch, options: ViewOptions) => Promise<Page>> = {
  device: async (store, search, options) =>
    seen(await store.searchEvents(search), (event) => v4EventView(event, options)),
  edge: async (store, search, options) =>
    seen(await store.searchEdgeEvents(search), (event) => v4EdgeView(event, options)),
};

/**
 * Pages of events as rules see them, newest first. The last page tells whether there would have been more beyond `most`.
 * Stops between two pages when it is aborted, by throwing the signal's reason.
 */
export async function* readEvents(
  store: Store,
  { most, source, ...range }: EventRange,
  options: ViewOptions,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  let from: EventSearch['from'] = null;
  for (let left = most; left > 0; ) {
    signal?.throwIfAborted();
    const limit = Math.min(PAGE, left);
    const page = await readers[source](store, { ...range, order: 'newest-first', from, limit }, options);
    yield page;
    const last = page.events.at(-1);
    if (!page.more || last === undefined) return;
    from = { time: last.time, id: last.id };
    left -= page.events.length;
  }
}
