import { beforeEach, describe, expect, it } from 'vitest';
import { countActivity } from '../count-activity.ts';
import type { ActivityRequest } from '../store.ts';
import { asRecord, expected, randomVisits, SPANS, visit } from '../testing/counted-visits.ts';
import { NOON, WORKSPACE } from '../testing/sample-event.ts';
import { eraseSomeOfVisitor } from './erase-visitor.ts';
import { migrate } from './migrate.ts';
import { record } from './record.ts';
import { SqliteActivity } from './sqlite-activity.ts';
import { SqliteDatabase } from './sqlite-database.ts';

const EVENTS = 1_000;
const LATER = 'visitorAAAAAAAAAAAA2';

describe('the lines of events', { timeout: 60_000 }, () => {
  let database: SqliteDatabase;

  beforeEach(() => {
    database = new SqliteDatabase(':memory:', 0);
    migrate(database);
  });

  const store = (visits: readonly ActivityRequest[]) => record(database, visits.map(asRecord));
  const count = (asked: ActivityRequest) => countActivity([asked], new SqliteActivity(database))[0];
  /** Rows that the work inserts, changes and deletes. */
  const changesOf = (work: () => unknown): number => {
    const changes = () => database.one<{ changes: number }>('SELECT total_changes() AS changes')?.changes ?? 0;
    const before = changes();
    work();
    return changes() - before;
  };
  const inOrder = Array.from({ length: EVENTS }, (_, at) => visit({ time: NOON + 2 * at }));
  const mixed = inOrder.map((_, at) => inOrder[(at * 617) % EVENTS] ?? visit());

  it.each([
    ['newest first', inOrder.toReversed()],
    ['mixed', mixed],
  ])('changes but a few rows for an event that comes late: %s', (_, visits) => {
    const orderly = changesOf(() => store(inOrder));
    database = new SqliteDatabase(':memory:', 0);
    migrate(database);
    // One more in each of its two lines, and its links, which are filed by their last time.
    expect(changesOf(() => store(visits))).toBeLessThan(orderly + 3 * EVENTS);
    const asked = visit({ time: NOON + EVENTS });
    expect(count(asked)).toEqual(expected(asked, visits));
  });

  it('changes but a few rows for each event that is erased, however many come after it', () => {
    store(inOrder.flatMap((one) => [one, { ...one, visitorId: LATER, time: one.time + 1 }]));
    let steps = 0;
    for (let more = true; more; steps++) {
      const changes = changesOf(() => {
        more = eraseSomeOfVisitor(database, WORKSPACE, inOrder[0]?.visitorId ?? '').more;
      });
      expect(changes).toBeLessThan(1_000);
    }
    expect(steps).toBe(EVENTS / 100 + 1);
    const kept = inOrder.map((one) => ({ ...one, visitorId: LATER, time: one.time + 1 }));
    for (const time of [NOON, NOON + 1, NOON + 999, NOON + 2 * EVENTS, NOON + SPANS.minutes5 + 7]) {
      const asked = visit({ visitorId: LATER, time });
      expect(count(asked)).toEqual(expected(asked, kept));
    }
  });

  it.each([21, 22, 23])('agrees with counting one by one while late ones come and visitors go (%i)', (seed) => {
    const visits = randomVisits(seed, 600, 6).map((one) => ({ ...one, time: NOON + (one.time % SPANS.day) }));
    let there: ActivityRequest[] = [];
    for (let at = 0; at < visits.length; at += 30) {
      const some = visits.slice(at, at + 30);
      store(some);
      there.push(...some);
      if (at % 90 === 60) {
        const { workspaceId = '', visitorId = '' } = there[(seed * at) % there.length] ?? {};
        while (eraseSomeOfVisitor(database, workspaceId, visitorId).more);
        there = there.filter((one) => one.workspaceId !== workspaceId || one.visitorId !== visitorId);
      }
      const newest = Math.max(...there.map(({ time }) => time));
      for (const one of [...some, visit({ time: newest }), visit({ time: newest, scope: 'ae_00000000000000b2' })]) {
        const facts = count(one);
        const { visitorEvents, ipEvents } = expected(one, there);
        expect(facts).toMatchObject({ visitorEvents, ipEvents });
      }
    }
  });
});
