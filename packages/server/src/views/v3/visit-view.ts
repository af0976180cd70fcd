import type { Event, V3Visit } from '@whorl/contract';
import { iso, isoSeconds } from './moments.ts';
import { NOTHING_HIDDEN, type ViewOptions } from './view-options.ts';

/** A visit as it stands in the history of its visitor. Pure. */
export const v3VisitView = (event: Event, { hidden = NOTHING_HIDDEN }: ViewOptions = {}): V3Visit => {
  const { identity, signals } = event;
  const location = hidden.has('ipInfo') ? undefined : (signals.ipInfo.data.v4 ?? signals.ipInfo.data.v6)?.geolocation;
  return {
    requestId: event.id,
    browserDetails: event.browser,
    // The schema wants a word on this: what is hidden reads as what is unknown does.
    incognito: signals.incognito.state === 'detected' && !hidden.has('incognito'),
    ip: event.ip,
    ...(location === undefined ? {} : { ipLocation: location }),
    ...(event.linkedId === undefined ? {} : { linkedId: event.linkedId }),
    timestamp: event.time,
    time: isoSeconds(event.time),
    url: event.url,
    tag: event.tag,
    confidence: { score: identity.confidence },
    visitorFound: identity.found,
    firstSeenAt: { global: iso(identity.firstSeen.server), subscription: iso(identity.firstSeen.workspace) },
    lastSeenAt: {
      global: identity.lastSeen === null ? null : iso(identity.lastSeen.server),
      subscription: identity.lastSeen === null ? null : iso(identity.lastSeen.workspace),
    },
  };
};
