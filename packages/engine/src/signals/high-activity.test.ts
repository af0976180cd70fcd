import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf, firstVisit } from '../testing/facts-builder.ts';

const visit = factsOf(chromiumLinux);
const after = (day: number, dailyEventsP99: number | null = null) => ({
  ...visit,
  activity: { ...firstVisit, visitorEvents: { minutes5: 1, hour: 1, day } },
  population: { dailyEventsP99 },
});

describeSignal('highActivity', {
  fires: { 'more than the floor': after(101), 'more than the busiest hundredth': after(501, 500) },
  quiet: {
    'a first visit': visit,
    'exactly the floor': after(100),
    'more than others do, yet little': after(20, 5),
    'much, where much is usual': after(400, 500),
  },
});

describe('judgeHighActivity', () => {
  it('gives the number of events with a detection only', () => {
    expect(judged('highActivity', after(101)).data).toEqual({ dailyRequests: 101 });
    expect(judged('highActivity', after(100)).data).toEqual({});
  });

  it('takes the floor of a workspace, above and below the usual one', () => {
    const withFloor = (day: number, dailyEventsFloor: number) =>
      judged('highActivity', { ...after(day), population: { dailyEventsP99: null, dailyEventsFloor } }).state;
    expect([withFloor(6, 5), withFloor(5, 5)]).toEqual(['detected', 'clear']);
    expect([withFloor(101, 500), withFloor(501, 500)]).toEqual(['clear', 'detected']);
  });

  it('takes the busiest hundredth for the limit where it is above the floor of the workspace', () => {
    const population = { dailyEventsP99: 40, dailyEventsFloor: 5 };
    expect(judged('highActivity', { ...after(40), population }).state).toBe('clear');
    expect(judged('highActivity', { ...after(41), population }).state).toBe('detected');
  });
});
