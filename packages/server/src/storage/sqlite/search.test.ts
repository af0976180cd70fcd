import type { EventFilter } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { NOON, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { migrate } from './migrate.ts';
import { record } from './record.ts';
import { searchEdgeEvents, searchEvents } from './search.ts';
import { SqliteDatabase, type SqlValue } from './sqlite-database.ts';

/** A connection that notes the statement that was asked last for rows, with its values. */
class NotingDatabase extends SqliteDatabase {
  asked: [sql: string, values: SqlValue[]][] = [];

  override all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    this.asked.push([sql, values]);
    return super.all<Row>(sql, ...values);
  }
}

const database = new NotingDatabase(':memory:', 0);
migrate(database);
record(
  database,
  Array.from({ length: 4_200 }, (_, at) => sampleRecord({ time: NOON + at, ip: '198.51.100.9' })),
);

/** How SQLite goes about a search. */
const planOf = (run: typeof searchEvents | typeof searchEdgeEvents, filter: EventFilter): string[] => {
  database.asked = [];
  const position = { time: NOON + 5, id: `${NOON + 5}.abcdef` };
  run(database, {
    workspaceId: WORKSPACE,
    filter,
    after: 0,
    before: NOON * 2,
    order: 'newest-first',
    from: position,
    limit: 9,
  });
  const [sql, values] = database.asked.at(-1) ?? ['', []];
  return database.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => detail);
};

const LAST_TERM = 'USE TEMP B-TREE FOR LAST TERM OF ORDER BY';

describe('a search', () => {
  it.each<[EventFilter, string]>([
    [{}, 'events_by_time (workspace=? AND time>? AND time<?)'],
    [{ suspect: true, flags: { vpn: 'detected' } }, 'events_by_time (workspace=? AND time>? AND time<?)'],
    [{ visitorId: 'v', linkedId: 'l' }, 'events_by_visitor (workspace=? AND visitor=? AND time>? AND time<?)'],
    [
      { linkedId: 'l', network: '10.0.0.0/8' },
      'events_by_linked_id (workspace=? AND linked_id=? AND time>? AND time<?)',
    ],
    [{ network: '198.51.100.0/24' }, 'events_by_time (workspace=? AND time>? AND time<?)'],
  ])('by %j reads what it needs of the best index, in order', (filter, index) => {
    expect(planOf(searchEvents, filter)).toEqual([`SEARCH events USING INDEX ${index}`, LAST_TERM]);
  });

  it('by a network of few events reads them by address, and puts them in order', () => {
    expect(planOf(searchEvents, { network: '203.0.113.0/24' })).toEqual([
      'SEARCH events USING INDEX events_by_ip (workspace=? AND ip>? AND ip<?)',
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  });

  it.each<[EventFilter, string]>([
    [{}, 'edge_events_by_time (workspace=? AND time>? AND time<?)'],
    [{ linkedId: 'l' }, 'edge_events_by_linked_id (workspace=? AND linked_id=? AND time>? AND time<?)'],
  ])('among edge events by %j does, too', (filter, index) => {
    expect(planOf(searchEdgeEvents, filter)).toEqual([`SEARCH edge_events USING INDEX ${index}`, LAST_TERM]);
  });
});
