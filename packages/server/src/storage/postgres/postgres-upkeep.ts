import type { UpkeepStore } from '../store.ts';
import { finishErasures } from './erase-visitor.ts';
import { migrate } from './migrate.ts';
import type { PartitionMaker } from './partitions.ts';
import type { PostgresWork } from './postgres-work.ts';
import { secret } from './secret.ts';
import { sweep } from './sweep.ts';

/** The part of the store that sees to the schema. */
export const postgresUpkeep = (work: PostgresWork, partitions: PartitionMaker): UpkeepStore => ({
  kind: 'postgres',
  migrate: () =>
    work.run(async (database) => {
      const steps = await migrate(database);
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
