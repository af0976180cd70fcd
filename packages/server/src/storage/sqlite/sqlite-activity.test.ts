import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { countActivity } from '../count-activity.ts';
import { visit as countedVisit } from '../testing/counted-visits.ts';
import { sampleRecord } from '../testing/sample-event.ts';
import { migrate } from './migrate.ts';
import { record } from './record.ts';
import { SqliteActivity } from './sqlite-activity.ts';
import { SqliteDatabase } from './sqlite-database.ts';

const visitorId = 'visitorAAAAAAAAAAAA1';

const setUp = (busyValues: number) => {
  const database = new SqliteDatabase(':memory:', 0);
  migrate(database);
  const activity = new SqliteActivity(database, busyValues);
  return {
    visit: (ip: string) => record(database, [sampleRecord({ visitorId, ip })]),
    ipsOfDay: () => {
      const asked = countedVisit({ visitorId, ip: '192.0.2.1', linkedId: null, country: null });
      return countActivity([asked], activity)[0]?.visitorIps.day;
    },
  };
};

describe('SqliteActivity', () => {
  it('counts anew each time up to so many values', () => {
    const { visit, ipsOfDay } = setUp(3);
    for (const ip of ['192.0.2.2', '192.0.2.3']) visit(ip);
    expect(ipsOfDay()).toBe(3);
    visit('192.0.2.4');
    expect(ipsOfDay()).toBe(4);
  });

  it('uses a count over more values again for a while, then sees the new ones', async () => {
    const { visit, ipsOfDay } = setUp(1);
    for (const ip of ['192.0.2.2', '192.0.2.3']) visit(ip);
    expect(ipsOfDay()).toBe(3);
    visit('192.0.2.4');
    const soon = ipsOfDay();
    expect([3, 4]).toContain(soon);
    for (let waited = 0; ipsOfDay() !== 4; waited += 10) {
      expect(waited).toBeLessThan(5_000);
      await wait(10);
    }
  });
});
