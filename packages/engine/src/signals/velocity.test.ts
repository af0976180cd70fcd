import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf, firstVisit } from '../testing/facts-builder.ts';

const visit = factsOf(chromiumLinux);
const busy = { minutes5: 3, hour: 40, day: 20_000 };

describeSignal('velocity', { fires: { 'a first visit': visit } });

describe('judgeVelocity', () => {
  it('counts this event and leaves null where there is nothing to count by', () => {
    expect(judged('velocity', visit).data).toMatchObject({
      events: { '5m': 1, '1h': 1, '24h': 1 },
      distinctLinkedId: null,
      distinctIpByLinkedId: null,
    });
  });

  it('leaves the day out of the five distinct counters beyond 20,000 events, and out of no other', () => {
    const counted = (day: number) => {
      const activity = {
        ...firstVisit,
        visitorEvents: { ...busy, day },
        visitorLinkedIds: busy,
        linkedIdIps: busy,
        linkedIdVisitors: busy,
      };
      const { data } = judged('velocity', { ...visit, activity });
      return Object.entries(data)
        .filter(([, counts]) => counts !== null && '24h' in counts)
        .map(([name]) => name);
    };
    expect(counted(20_000)).toHaveLength(7);
    expect(counted(20_001)).toEqual(['events', 'ipEvents']);
  });
});
