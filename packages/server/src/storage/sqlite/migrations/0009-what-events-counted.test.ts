import { MINUTE } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { grownBy } from '../../grown-by.ts';
import { asStored } from '../../packed-raises.ts';
import { bucketOf, tailOf } from '../../request-id.ts';
import { NOON, sampleRecord, WORKSPACE } from '../../testing/sample-event.ts';
import { teaching } from '../../testing/sample-portrait.ts';
import { raiseCounts, readCounts } from '../counts.ts';
import { eraseSomeOfVisitor } from '../erase-visitor.ts';
import { migrate } from '../migrate.ts';
import { record } from '../record.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { whatEventsCounted } from './0009-what-events-counted.ts';
import { migrations } from './registry.ts';

const VISITOR = 'visitorAAAAAAAAAAAA1';

describe('0009-what-events-counted', () => {
  it('erases events of before, of which nothing is known to take back, beside those of now', () => {
    const database = new SqliteDatabase(':memory:', 0);
    migrate(database);
    const raises = [{ key: 5, by: 1 }];
    const [before, now] = [NOON, NOON + 1].map((time) =>
      sampleRecord({ visitorId: VISITOR, time }, teaching({ raises })),
    );
    if (before === undefined || now === undefined) throw new Error('no records');
    record(database, [before, now]);
    // As a version before leaves it, which does not know the column.
    database.run(
      'UPDATE bodies SET raises = NULL WHERE row = (SELECT row FROM events WHERE bucket = ? AND time = ? AND tail = ?)',
      bucketOf(before.event.id),
      before.event.time,
      tailOf(before.event.id),
    );
    raiseCounts(database, [...asStored(raises, NOON), ...asStored(raises, NOON)]);
    expect(eraseSomeOfVisitor(database, WORKSPACE, VISITOR)).toEqual({ found: true, more: false });
    const [left = 0] = readCounts(database, [5]);
    expect(left / grownBy(NOON / MINUTE)).toBeCloseTo(1, 12);
    database.close();
  });

  it('lets versions before go on writing', () => {
    const database = new SqliteDatabase(':memory:', 0);
    migrate(database, migrations.slice(0, migrations.indexOf(whatEventsCounted)));
    const columns = () =>
      database.all<{ name: string }>('SELECT name FROM pragma_table_info(\'bodies\') WHERE "notnull"');
    const needed = columns();
    migrate(database);
    expect(columns()).toEqual(needed);
    database.close();
  });
});
