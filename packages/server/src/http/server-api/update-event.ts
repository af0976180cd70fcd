import type { Event, EventUpdate, JsonObject } from '@whorl/contract';
import type { EventScope } from '../../storage/store.ts';
import type { ServerApiParts } from './access.ts';

/** What a client changes of an event; what is left out stays as it is. An empty linked id takes it away. */
export type EventChange = { linkedId?: string; tag?: JsonObject; suspect?: boolean };

/**
 * `not-found`: there is no such event in the scope, or it is too old to be changed. `not-ready`: it is too fresh, and can
 * be changed soon.
 */
export type UpdateOutcome = 'updated' | 'not-found' | 'not-ready';

/** Updates of a client that an event remembers: a client that updates without end must not make it grow without end. */
const MOST_UPDATES = 20;

const withUpdate = (updates: EventUpdate[], update: EventUpdate): EventUpdate[] => {
  const earlier = updates.filter(({ by }) => by === 'api');
  const forgotten = new Set(earlier.slice(0, Math.max(0, earlier.length + 1 - MOST_UPDATES)));
  return [...updates.filter((each) => !forgotten.has(each)), update];
};

const changed = ({ linkedId, ...event }: Event, change: EventChange, time: number): Event => {
  const link = change.linkedId ?? linkedId;
  return {
    ...event,
    ...(link === undefined || link === '' ? {} : { linkedId: link }),
    ...(change.tag === undefined ? {} : { tag: change.tag }),
    ...(change.suspect === undefined ? {} : { suspect: change.suspect }),
    updates: withUpdate(event.updates, { time, by: 'api', fields: Object.keys(change) }),
  };
};

/**
 * Changes what a client may change of an event, and notes in the event that it did.
 *
 * @param readChange reads the body; asked once the event is found, so that an unknown id is told of before a wrong body
 * @param window how long after its time an event may be changed, in milliseconds
 * @param now unix milliseconds
 * @throws what `readChange` throws
 */
export const updateEvent = async (
  { store, settle }: Pick<ServerApiParts, 'store' | 'settle'>,
  scope: EventScope,
  id: string,
  readChange: () => EventChange,
  window: number,
  now: number,
): Promise<UpdateOutcome> => {
  const isGone = ({ time }: Event): boolean => now - time > window;
  const found = await store.event(scope, id);
  if (found === undefined || isGone(found)) return 'not-found';
  const change = readChange();
  let outcome: UpdateOutcome = 'not-found';
  await store.reviseEvent(scope.workspaceId, id, (event) => {
    // Within the transaction, so that what is judged is what is changed.
    outcome = 'not-found';
    if (scope.environmentId !== undefined && event.environmentId !== scope.environmentId) return undefined;
    if (isGone(event)) return undefined;
    outcome = event.time + settle > now ? 'not-ready' : 'updated';
    return outcome === 'updated' ? changed(event, change, now) : undefined;
  });
  return outcome;
};
