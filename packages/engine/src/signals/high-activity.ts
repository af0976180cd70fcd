import { evidence } from '../evidence.ts';
import { clear, detected, type SignalJudge } from './signal-judge.ts';

/** Events of one visitor in a day below which nobody is called active, whatever the others do. */
export const DAILY_EVENTS_FLOOR = 100;

/**
 * Whether a visitor is unusually active: its events in the last 24 hours are above both the floor, the workspace's own or
 * {@link DAILY_EVENTS_FLOOR}, and the 99th percentile of the workspace's visitors. While too few visitors are known the
 * floor decides alone, with less confidence. `dailyRequests` is given with a detection only.
 */
export const judgeHighActivity: SignalJudge<'highActivity'> = ({ activity, population }) => {
  const events = activity.visitorEvents.day;
  const { dailyEventsP99: usual, dailyEventsFloor: floor = DAILY_EVENTS_FLOOR } = population;
  const limit = Math.max(floor, usual ?? 0);
  const found = [
    evidence('events of this visitor in a day', events, events > limit ? 0.8 : -0.8, 'store'),
    evidence('limit: the greater of floor and 99th percentile', { floor, percentile: usual }, 0, 'store'),
  ];
  const confidence = usual === null ? 0.6 : 0.9;
  return events > limit ? detected({ dailyRequests: events }, confidence, found) : clear({}, confidence, found);
};
