import type { Components, Event } from '@whorl/contract';
import { type PlaceFacts, sectionValue } from '@whorl/engine';
import type { Store } from '../storage/store.ts';
import type { Identified } from './identify.ts';

/** Milliseconds after which a device may be anywhere on earth. */
const WINDOW = 24 * 60 * 60_000;

/** How many of the last visits are looked at for a place. */
const VISITS = 3;

/** The place of an event; undefined where its app shared none, or one that is made up. */
const placeOf = (components: Components, time: number): PlaceFacts | undefined => {
  const { latitude, longitude, accuracy, mock, simulated } = sectionValue({ components }, 'location') ?? {};
  if (latitude === undefined || longitude === undefined || mock === true || simulated === true) return undefined;
  return { latitude, longitude, accuracy: accuracy ?? 0, time };
};

/**
 * Where the app of a visit last said that it was, within a day. Asked only where the answer can mean something: the visit
 * shares a place, and its token shows that it is the same installation. Visits of the same batch are not seen.
 */
export const earlierPlace = async (
  { components, identity, time, workspace }: Identified,
  store: Pick<Store, 'searchEvents'>,
): Promise<PlaceFacts | undefined> => {
  if (identity.explanation.method !== 'token' || sectionValue({ components }, 'location')?.latitude === undefined) {
    return undefined;
  }
  const { events } = await store.searchEvents({
    workspaceId: workspace.id,
    filter: { visitorId: identity.visitorId },
    after: time - WINDOW,
    before: time + 1,
    order: 'newest-first',
    from: null,
    limit: VISITS,
  });
  return events
    .map((event: Event) => placeOf(event.attributes as Components, event.time))
    .find((place) => place !== undefined);
};
