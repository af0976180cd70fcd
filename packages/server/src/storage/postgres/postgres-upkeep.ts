import { LEARNT_ANEW } from '../learnt-anew.ts';
import type { UpkeepStore } from '../store.ts';
import { finishErasures } from './erase-visitor.ts';
import { migrate } from './migrate.ts';
import { profiles } from './migrations/0005-profiles.ts';
import type { PartitionMaker } from './partitions.ts';
import type { PostgresWork } from './postgres-work.ts';
import { secret } from './secret.ts';
import { sweep } from './sweep.ts';
import { hasVisitors } from './visitors.ts';

/** The part of the store that sees to the schema. */
export const postgresUpkeep = (work: PostgresWork, partitions: PartitionMaker): UpkeepStore => ({
  kind: 'postgres',
  migrate: (note = () => undefined) =>
    work.run(async (database) => {
      const steps = await migrate(database);
      if (steps.includes(profiles.name) && (await hasVisitors(database))) note(LEARNT_ANEW);
      await partitions.make(Date.now());
      return steps;
    }),
  // Servers may share the database, so there is nothing to hold.
  claim: async () => undefined,
  finishErasures: () => work.run(finishErasures),
  ping: () =>
    work.run(async (database) => {
      await database.one('SELECT count(*) FROM whorl.workspaces');
    }),
  close: () => work.run((database) => database.close()),
  secret: (name) => work.run((database) => secret(database, name)),
  sweep: (time, limit) =>
    work.run(async (database) => {
      await partitions.make(time);
      return sweep(database, time, limit);
    }),
});
