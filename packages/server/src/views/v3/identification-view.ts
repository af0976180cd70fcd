import type { Event, V3Identification } from '@whorl/contract';
import { NOTHING_HIDDEN, type ViewOptions } from './view-options.ts';
import { v3VisitView } from './visit-view.ts';

/** The identification of an event. Pure. */
export const v3IdentificationView = (event: Event, options: ViewOptions = {}): V3Identification => {
  const { hidden = NOTHING_HIDDEN } = options;
  return {
    visitorId: event.identity.visitorId,
    ...v3VisitView(event, options),
    ...(event.suspect === undefined ? {} : { suspect: event.suspect }),
    sdk: event.sdk,
    environmentId: event.environmentId,
    replayed: event.signals.replayed.state === 'detected' && !hidden.has('replayed'),
  };
};
