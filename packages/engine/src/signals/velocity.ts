import type { VelocityIntervals } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import type { ActivityWindow } from '../facts.ts';
import { detected, type SignalJudge } from './signal-judge.ts';

/** Beyond this many events of a visitor in a day the distinct counters leave the day out, as v3's readers expect. */
const DAY_LIMIT = 20_000;

type Counts = VelocityIntervals | null;

const intervals = (window: ActivityWindow | null): Counts =>
  window === null ? null : { '5m': window.minutes5, '1h': window.hour, '24h': window.day };

const withoutDay = (window: ActivityWindow | null): Counts =>
  window === null ? null : { '5m': window.minutes5, '1h': window.hour };

/**
 * How much went on around this visitor, address and linked id in the 5 minutes, hour and day that end with this event
 * and include it. Exact counts, no judgement: always detected. Null where there is nothing to count by.
 */
export const judgeVelocity: SignalJudge<'velocity'> = ({ activity }) => {
  const events = activity.visitorEvents.day;
  const distinct = events > DAY_LIMIT ? withoutDay : intervals;
  return detected(
    {
      distinctIp: distinct(activity.visitorIps),
      distinctLinkedId: distinct(activity.visitorLinkedIds),
      distinctCountry: distinct(activity.visitorCountries),
      events: intervals(activity.visitorEvents),
      ipEvents: intervals(activity.ipEvents),
      distinctIpByLinkedId: distinct(activity.linkedIdIps),
      distinctVisitorIdByLinkedId: distinct(activity.linkedIdVisitors),
    },
    1,
    [evidence('events of this visitor in a day', events, 0, 'store')],
  );
};
