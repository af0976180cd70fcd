import type { ClaimedDelivery } from '../store.ts';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/**
 * The pending deliveries of one visitor to one webhook stand in a line, in the order of their events. Only its head can
 * be due, so that they go out in that order. Within a transaction, after the line has changed.
 */
export const chooseHead = (database: SqliteDatabase, webhookId: string, visitorId: string): void => {
  const head = database.one<{ row: number }>(
    `SELECT row FROM deliveries WHERE webhook = ? AND visitor = ? AND state = 'pending' ORDER BY request_id LIMIT 1`,
    webhookId,
    visitorId,
  );
  if (head === undefined) return;
  database.run(
    'UPDATE deliveries SET head = 0 WHERE webhook = ? AND visitor = ? AND head = 1 AND row <> ?',
    webhookId,
    visitorId,
    head.row,
  );
  database.run('UPDATE deliveries SET head = 1 WHERE row = ? AND head = 0', head.row);
};

/** Within a transaction. See `Store.claimDeliveries`. */
export const claimDeliveries = (
  database: SqliteDatabase,
  now: number,
  lease: number,
  limit: number,
  rooms: ReadonlyMap<string, number> = new Map(),
): ClaimedDelivery[] => {
  // Webhook by webhook, so that what waits for one that takes nothing now is not read.
  const due = database
    .all<{ id: string }>('SELECT id FROM webhooks WHERE enabled = 1')
    .map(({ id }) => ({ id, room: Math.min(limit, rooms.get(id) ?? limit) }))
    .filter(({ room }) => room > 0)
    .flatMap(({ id, room }) =>
      database.all<DeliveryRow & { row: number; next_at: number }>(
        `SELECT row, ${DELIVERY_COLUMNS} FROM deliveries
         WHERE webhook = ? AND head = 1 AND next_at <= ? ORDER BY next_at LIMIT ?`,
        id,
        now,
        room,
      ),
    )
    .toSorted((a, b) => a.next_at - b.next_at || (a.request_id < b.request_id ? -1 : 1))
    .slice(0, limit);
  for (const { row } of due) {
    database.run('UPDATE deliveries SET next_at = ?, claim = claim + 1 WHERE row = ?', now + lease, row);
  }
  return due.map((row) => ({ ...toDelivery({ ...row, next_at: now + lease }), claim: row.claim + 1 }));
};

/** See `Store.pendingDeliveries`. */
export const pendingDeliveries = (database: SqliteDatabase): { count: number; oldest: number | null } =>
  database.one<{ count: number; oldest: number | null }>(
    "SELECT count(*) AS count, min(created_at) AS oldest FROM deliveries WHERE state = 'pending'",
  ) ?? { count: 0, oldest: null };
