import type { Delivery, Event } from '@whorl/contract';
import { newDeliveryId } from '../delivery-id.ts';
import { DELIVERY_LOG, DELIVERY_WAIT, type DeliveryList, type Settlement } from '../store.ts';
import { chooseHead } from './delivery-line.ts';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Makes an event's pending deliveries, due `DELIVERY_WAIT` after it. A webhook that is gone gets none. Within a transaction. */
export const insertDeliveries = (database: SqliteDatabase, event: Event, webhookIds: readonly string[]): void => {
  const { id, time, workspaceId, identity } = event;
  for (const webhookId of new Set(webhookIds)) {
    const { changes } = database.run(
      `INSERT INTO deliveries (id, webhook, workspace, request_id, visitor, state, created_at, next_at, attempts)
       SELECT ?, id, workspace, ?, ?, 'pending', ?, ?, '[]' FROM webhooks WHERE id = ? AND workspace = ?`,
      newDeliveryId(),
      id,
      identity.visitorId,
      time,
      time + DELIVERY_WAIT,
      webhookId,
      workspaceId,
    );
    if (changes > 0) chooseHead(database, webhookId, identity.visitorId);
  }
};

const findDelivery = (database: SqliteDatabase, deliveryId: string): DeliveryRow | undefined =>
  database.one<DeliveryRow>(`SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE id = ?`, deliveryId);

/** Within a transaction. See `Store.settleDeliveries`. */
export const settleDelivery = (
  database: SqliteDatabase,
  { deliveryId, claim, attempts: made, next }: Settlement,
): boolean => {
  const row = findDelivery(database, deliveryId);
  if (row === undefined) return false;
  const attempts = JSON.stringify([...toDelivery(row).attempts, ...made]);
  database.run('UPDATE deliveries SET attempts = ? WHERE id = ?', attempts, deliveryId);
  // Two may have tried at once, where one took longer than its lease: the one that has it now decides.
  if (row.state !== 'pending' || row.claim !== claim) return true;
  const pending = next.state === 'pending';
  database.run(
    'UPDATE deliveries SET state = ?, next_at = ?, finished_at = ?, head = 0 WHERE id = ?',
    next.state,
    pending ? next.at : null,
    pending ? null : (made.at(-1)?.time ?? row.created_at),
    deliveryId,
  );
  chooseHead(database, row.webhook, row.visitor);
  return true;
};

/** Within a transaction. See `Store.resendDelivery`. One that is pending stays as it is: it is on its way. */
export const resendDelivery = (
  database: SqliteDatabase,
  workspaceId: string,
  deliveryId: string,
  now: number,
): Delivery | undefined => {
  const row = findDelivery(database, deliveryId);
  if (row === undefined || row.workspace !== workspaceId) return undefined;
  if (row.state === 'pending') return toDelivery(row);
  database.run(
    // Whoever still tries for an earlier claim has no say in this one.
    "UPDATE deliveries SET state = 'pending', next_at = ?, finished_at = NULL, claim = claim + 1 WHERE id = ?",
    now,
    deliveryId,
  );
  chooseHead(database, row.webhook, row.visitor);
  return toDelivery({ ...row, state: 'pending', next_at: now });
};

/** A state as SQL, not as a value, so that the index of that state can be used. */
const IN_STATE = { pending: "state = 'pending'", delivered: "state = 'delivered'", failed: "state = 'failed'" };

/** Newest first. See `Store.deliveries`. */
export const deliveries = (database: SqliteDatabase, list: DeliveryList): Delivery[] => {
  const { workspaceId, webhookId, state, requestId, limit, before } = list;
  const conditions: [sql: string, ...values: (string | number)[]][] = [['workspace = ?', workspaceId]];
  if (webhookId !== undefined) conditions.push(['webhook = ?', webhookId]);
  if (state !== undefined) conditions.push([IN_STATE[state]]);
  if (requestId !== undefined) conditions.push(['request_id = ?', requestId]);
  if (before !== undefined) conditions.push(['(created_at, id) < (?, ?)', before.createdAt, before.id]);
  return database
    .all<DeliveryRow>(
      `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
       ORDER BY created_at DESC, id DESC LIMIT ?`,
      ...conditions.flatMap(([, ...values]) => values),
      limit,
    )
    .map(toDelivery);
};

/** Deletes up to `limit` that were finished so long before `time` that the log has no place for them. */
export const sweepDeliveries = (database: SqliteDatabase, time: number, limit: number): number =>
  database.run(
    `DELETE FROM deliveries WHERE row IN
       (SELECT row FROM deliveries WHERE finished_at IS NOT NULL AND finished_at < ? ORDER BY finished_at LIMIT ?)`,
    time - DELIVERY_LOG,
    limit,
  ).changes;
