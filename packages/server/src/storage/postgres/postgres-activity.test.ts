import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { visit as countedVisit } from '../testing/counted-visits.ts';
import { sampleRecord } from '../testing/sample-event.ts';
import { PostgresActivity } from './postgres-activity.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { record } from './record.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();
const visitorId = 'visitorAAAAAAAAAAAA1';

describe('PostgresActivity', () => {
  let database: PostgresDatabase;

  beforeEach(async () => {
    database = new PostgresDatabase((await postgres.migrated()).url);
  });

  afterEach(() => database.close());

  const visit = (ip: string) => record(database, [sampleRecord({ visitorId, ip })]);

  const ipsOfDay = async (activity: PostgresActivity) => {
    const request = countedVisit({ visitorId, ip: '192.0.2.1', linkedId: null, country: null });
    return (await activity.count(database, [request]))[0]?.visitorIps.day;
  };

  it('counts anew each time up to so many values', async () => {
    const activity = new PostgresActivity(3);
    for (const ip of ['192.0.2.2', '192.0.2.3']) await visit(ip);
    expect(await ipsOfDay(activity)).toBe(3);
    await visit('192.0.2.4');
    expect(await ipsOfDay(activity)).toBe(4);
  });

  it('uses a count over more values again for a while, then sees the new ones', async () => {
    const activity = new PostgresActivity(1);
    for (const ip of ['192.0.2.2', '192.0.2.3']) await visit(ip);
    expect(await ipsOfDay(activity)).toBe(3);
    await visit('192.0.2.4');
    expect([3, 4]).toContain(await ipsOfDay(activity));
    for (let waited = 0; (await ipsOfDay(activity)) !== 4; waited += 20) {
      expect(waited).toBeLessThan(20_000);
      await wait(20);
    }
  }, 30_000);
});
