import { describe, expect, it } from 'vitest';
import { checkComponents } from './check-components.ts';
import { createIgnoredReporter, ignoredIn } from './ignored-evidence.ts';

describe('ignoredIn', () => {
  const ignored = (sent: Parameters<typeof checkComponents>[0], platform: 'js' | 'android' = 'js') =>
    ignoredIn(sent, checkComponents(sent, platform));

  it('names sources of the wrong form, and says of unknown ones only that there are some', () => {
    expect(
      ignored({
        timezone: { v: 7, d: 1 },
        hardwareConcurrency: { v: 8, d: 1 },
        constructor: { v: 1, d: 1 },
        nonsense: { v: 1, d: 1 },
      }),
    ).toEqual(['timezone', 'unknown']);
  });

  it('leaves alone what failed or is absent on the client, whatever it calls its error', () => {
    expect(ignored({ timezone: { e: ['InvalidValue', 'no'], d: 1 }, canvas: { d: 1 } })).toEqual([]);
  });

  it('takes a section that the platform cannot have for unknown', () => {
    const sent = { root: { v: { suPaths: [] }, d: 1 } };
    expect(ignored(sent)).toEqual(['unknown']);
    expect(ignored(sent, 'android')).not.toContain('unknown');
  });
});

describe('createIgnoredReporter', () => {
  const setUp = () => {
    const [entries, counted]: [object[], string[]] = [[], []];
    const clock = { time: 1_000_000 };
    const report = createIgnoredReporter({
      log: (fields) => entries.push(fields),
      count: (source) => counted.push(source),
      now: () => clock.time,
    });
    const send = () => report({ requestId: '1', sources: ['fonts', 'unknown'] });
    return { entries, counted, clock, send };
  };

  it('counts everything, and writes one entry for what comes at once', () => {
    const { entries, counted, clock, send } = setUp();
    for (let at = 0; at < 100; at++) send();
    expect(counted).toHaveLength(200);
    expect(entries).toEqual([{ requestId: '1', sources: ['fonts', 'unknown'], eventsSinceLastEntry: 0 }]);
    clock.time += 10_000;
    send();
    expect(entries[1]).toMatchObject({ eventsSinceLastEntry: 99 });
  });

  it('goes on when the clock is set back', () => {
    const { entries, clock, send } = setUp();
    send();
    clock.time -= 3_600_000;
    send();
    expect(entries).toHaveLength(2);
  });
});
