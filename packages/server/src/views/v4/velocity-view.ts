import type { V4Counts, V4Velocity, Velocity, VelocityIntervals } from '@whorl/contract';
import { known } from './known.ts';

const countsView = (counts: VelocityIntervals | null): V4Counts | undefined =>
  counts === null
    ? undefined
    : {
        '5_minutes': counts['5m'],
        '1_hour': counts['1h'],
        ...(counts['24h'] === undefined ? {} : { '24_hours': counts['24h'] }),
      };

/** The counters in v4's names. What there is nothing to count by is left out. */
export const velocityView = (velocity: Velocity): V4Velocity =>
  known<V4Velocity>({
    distinct_ip: countsView(velocity.distinctIp),
    distinct_linked_id: countsView(velocity.distinctLinkedId),
    distinct_country: countsView(velocity.distinctCountry),
    events: countsView(velocity.events),
    ip_events: countsView(velocity.ipEvents),
    distinct_ip_by_linked_id: countsView(velocity.distinctIpByLinkedId),
    distinct_visitor_id_by_linked_id: countsView(velocity.distinctVisitorIdByLinkedId),
  });
