import { LEARNT_ANEW } from '../learnt-anew.ts';
import type { UpkeepStore } from '../store.ts';
import { sweepDeliveries } from './deliveries.ts';
import { finishErasures } from './erase-visitor.ts';
import type { GapClearing } from './gap-clearing.ts';
import { sweepLinks } from './link-rows.ts';
import { migrate } from './migrate.ts';
import { profiles } from './migrations/0007-profiles.ts';
import { sweepRemembered } from './remembered.ts';
import { rewriteFile } from './rewrite-file.ts';
import { secret } from './secret.ts';
import { ServingLock } from './serving-lock.ts';
import type { SqliteWork } from './sqlite-work.ts';
import { hasVisitors } from './visitors.ts';

/** The part of the store that sees to the file. */
export const sqliteUpkeep = (work: SqliteWork, clearing: GapClearing): UpkeepStore => {
  let lock: ServingLock | undefined;
  return {
    kind: 'sqlite',
    // The server also makes up for what an earlier one has begun to erase, or has erased and not cleared.
    migrate: (note = () => undefined) =>
      work.run(async (database) => {
        const taken = await database.whenFree(() => migrate(database));
        if (taken.includes(profiles.name) && hasVisitors(database)) note(LEARNT_ANEW);
        await rewriteFile(database, note);
        if (lock !== undefined) {
          await finishErasures(database);
          await clearing.finish();
        }
        return taken;
      }),
    claim: () =>
      work.run((database) => {
        lock ??= new ServingLock(database.path);
      }),
    // One server has the file, and has done so at its start.
    finishErasures: async () => undefined,
    ping: () =>
      work.run((database) => {
        database.one('SELECT count(*) FROM workspaces');
      }),
    close: () =>
      work.run(async (database) => {
        database.close();
        lock?.release();
        await clearing.close();
      }),
    secret: (name) => work.whenFree((database) => secret(database, name)),
    sweep: (time, limit) =>
      work.write((database) => {
        const forgotten = sweepRemembered(database, time, limit);
        return forgotten + sweepLinks(database, time, limit) + sweepDeliveries(database, time, limit);
      }),
  };
};
