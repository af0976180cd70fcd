import { describe, expect, it } from 'vitest';
import { type Line, lineKeys, readLines } from './line-counts.ts';
import { PostgresDatabase, type Queries } from './postgres-database.ts';
import { usePostgres } from './testing/use-postgres.ts';

const TIME = Date.UTC(2025, 5, 15);
const visit = {
  workspaceId: 'ws_1',
  scope: 'ws_1',
  visitorId: 'v',
  ip: '192.0.2.1',
  linkedId: null,
  country: null,
  time: TIME,
};

/** Asks the database, and for the plan of each question besides. */
const explained = (database: PostgresDatabase, plans: string[]): Queries => ({
  all: async (sql, ...values) => {
    const rows = await database.all<Record<'QUERY PLAN', string>>(`EXPLAIN ${sql}`, ...values);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    return database.all(sql, ...values);
  },
  allOnce: (sql, ...values) => database.allOnce(sql, ...values),
  one: (sql, ...values) => database.one(sql, ...values),
  run: (sql, ...values) => database.run(sql, ...values),
});

describe('readLines', () => {
  const postgres = usePostgres();

  // A plan is kept for as long as nothing tells PostgreSQL that a partition has filled: one that reads the whole day of a
  // workspace for each visit costs a hundred times as much within a minute.
  it.each([
    ['visitor', /workspace_visitor_time/],
    ['ip', /ip_workspace_scope_time/],
  ] as const)('is answered by the index of the %s, however new a partition is', async (line: Line, index) => {
    const database = new PostgresDatabase((await postgres.migrated()).url);
    try {
      const plans: string[] = [];
      await readLines(explained(database, plans), line, [{ ...lineKeys[line](visit), first: TIME, last: TIME }]);
      const used = [...(plans[0] ?? '').matchAll(/Index(?: Only)? Scan using (\w+)/g)].map(([, name]) => name);
      expect(used.length).toBeGreaterThan(1);
      for (const name of used) expect(name).toMatch(index);
      expect(plans[0]).not.toContain('Seq Scan');
    } finally {
      await database.close();
    }
  });
});
