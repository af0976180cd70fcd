import { sweepDeliveries } from './deliveries.ts';
import { sweepLinks } from './link-rows.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import { sweepRemembered } from './remembered.ts';

/** Rows that another server sweeps at the same moment are passed over. See `Store.sweep`. */
export const sweep = async (database: PostgresDatabase, time: number, limit: number): Promise<number> => {
  const hashes = await sweepRemembered(database, time, limit);
  const links = await sweepLinks(database, time, limit);
  return hashes + links + (await sweepDeliveries(database, time, limit));
};
