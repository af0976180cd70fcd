import type { Delivery } from '@whorl/contract';
import { newDeliveryId } from '../delivery-id.ts';
import { DELIVERY_LOG, DELIVERY_WAIT, type DeliveryList, type EventRecord, type Settlement } from '../store.ts';
import { chooseHeads, holdLines } from './delivery-line.ts';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts';
import type { Queries, SqlValue } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

const NEW = {
  id: 'text',
  webhook: 'text',
  workspace: 'text',
  request_id: 'text',
  visitor: 'text',
  created_at: 'bigint',
} as const;

/** Makes the events' pending deliveries. A webhook that is gone gets none. Within a transaction that holds the visitors. */
export const insertDeliveries = async (queries: Queries, records: readonly EventRecord[]): Promise<void> => {
  const rows = records.flatMap(({ event, webhookIds }) =>
    [...new Set(webhookIds)].map((webhook) => ({
      id: newDeliveryId(),
      webhook,
      workspace: event.workspaceId,
      request_id: event.id,
      visitor: event.identity.visitorId,
      created_at: event.time,
    })),
  );
  // $2 is the array of the second column.
  await withRows(
    queries,
    `WITH kept AS (SELECT id, workspace FROM whorl.webhooks WHERE id IN (SELECT unnest($2::text[])) FOR KEY SHARE)
     INSERT INTO whorl.deliveries (id, webhook, workspace, request_id, visitor, state, created_at, due, attempts)
     SELECT given.id, webhook, given.workspace, request_id, visitor, 'pending', created_at, created_at + ${DELIVERY_WAIT}, '[]'
     FROM :rows JOIN kept ON kept.id = given.webhook AND kept.workspace = given.workspace`,
    NEW,
    rows,
  );
  await chooseHeads(queries, rows);
};

/** See `Store.pendingDeliveries`. */
export const pendingDeliveries = async (queries: Queries): Promise<{ count: number; oldest: number | null }> => {
  const row = await queries.one<{ count: number; oldest: number | null }>(
    "SELECT count(*) AS count, min(created_at) AS oldest FROM whorl.deliveries WHERE state = 'pending'",
  );
  return row ?? { count: 0, oldest: null };
};

type Owned = { id: string; webhook: string; visitor: string; workspace: string };

/** The lines that deliveries are in, held until the transaction ends. One without a line does not exist. */
const holdLinesOf = async (queries: Queries, deliveryIds: readonly string[]): Promise<Owned[]> => {
  const owned = await queries.all<Owned>(
    'SELECT id, webhook, visitor, workspace FROM whorl.deliveries WHERE id = ANY ($1::text[])',
    deliveryIds,
  );
  await holdLines(queries, owned);
  return owned;
};

const holdDelivery = (queries: Queries, deliveryId: string): Promise<DeliveryRow | undefined> =>
  queries.one<DeliveryRow>(`SELECT ${DELIVERY_COLUMNS} FROM whorl.deliveries d WHERE id = $1 FOR UPDATE`, deliveryId);

const settleDelivery = async (
  queries: Queries,
  { deliveryId, claim, attempts: made, next }: Settlement,
): Promise<boolean> => {
  const row = await holdDelivery(queries, deliveryId);
  if (row === undefined) return false;
  const attempts = JSON.stringify([...toDelivery(row).attempts, ...made]);
  // Two may have tried at once, where one took longer than its lease: the one that has it now decides.
  if (row.state !== 'pending' || row.claim !== claim) {
    await queries.run('UPDATE whorl.deliveries SET attempts = $2 WHERE id = $1', deliveryId, attempts);
    return true;
  }
  const pending = next.state === 'pending';
  await queries.run(
    'UPDATE whorl.deliveries SET state = $2, due = $3, finished_at = $4, attempts = $5, head = head AND $6 WHERE id = $1',
    deliveryId,
    next.state,
    pending ? next.at : null,
    pending ? null : (made.at(-1)?.time ?? row.created_at),
    attempts,
    pending,
  );
  return true;
};

/** Within a transaction. See `Store.settleDeliveries`. */
export const settleDeliveries = async (queries: Queries, settlements: readonly Settlement[]): Promise<boolean[]> => {
  const lines = await holdLinesOf(
    queries,
    settlements.map(({ deliveryId }) => deliveryId),
  );
  const known = new Map<string, boolean>();
  // Rows are always locked in the order of their ids, so that two processes never wait for each other.
  const inOrder = settlements.toSorted((one, other) => (one.deliveryId < other.deliveryId ? -1 : 1));
  for (const each of inOrder) known.set(each.deliveryId, await settleDelivery(queries, each));
  await chooseHeads(queries, lines);
  return settlements.map(({ deliveryId }) => known.get(deliveryId) ?? false);
};

/** Within a transaction. See `Store.resendDelivery`. One that is pending stays as it is: it is on its way. */
export const resendDelivery = async (
  queries: Queries,
  workspaceId: string,
  deliveryId: string,
  now: number,
): Promise<Delivery | undefined> => {
  const lines = await holdLinesOf(queries, [deliveryId]);
  const row = await holdDelivery(queries, deliveryId);
  if (row === undefined || row.workspace !== workspaceId) return undefined;
  if (row.state === 'pending') return toDelivery(row);
  await queries.run(
    // Whoever still tries for an earlier claim has no say in this one.
    "UPDATE whorl.deliveries SET state = 'pending', due = $2, finished_at = NULL, claim = claim + 1 WHERE id = $1",
    deliveryId,
    now,
  );
  await chooseHeads(queries, lines);
  return toDelivery({ ...row, state: 'pending', due: now });
};

/** Newest first. See `Store.deliveries`. */
export const deliveries = async (queries: Queries, list: DeliveryList): Promise<Delivery[]> => {
  const { workspaceId, webhookId, state, requestId, limit, before } = list;
  const values: SqlValue[] = [];
  const bind = (value: SqlValue): string => `$${values.push(value)}`;
  const conditions = [`d.workspace = ${bind(workspaceId)}`];
  if (webhookId !== undefined) conditions.push(`d.webhook = ${bind(webhookId)}`);
  if (state !== undefined) conditions.push(`d.state = ${bind(state)}`);
  if (requestId !== undefined) conditions.push(`d.request_id = ${bind(requestId)}`);
  if (before !== undefined) conditions.push(`(d.created_at, d.id) < (${bind(before.createdAt)}, ${bind(before.id)})`);
  const rows = await queries.allOnce<DeliveryRow>(
    `SELECT ${DELIVERY_COLUMNS} FROM whorl.deliveries d WHERE ${conditions.join(' AND ')}
     ORDER BY d.created_at DESC, d.id DESC LIMIT ${bind(limit)}`,
    ...values,
  );
  return rows.map(toDelivery);
};

/** Deletes up to `limit` that were finished so long before `time` that the log has no place for them. */
export const sweepDeliveries = (queries: Queries, time: number, limit: number): Promise<number> =>
  queries.run(
    `DELETE FROM whorl.deliveries WHERE id IN (
       SELECT id FROM whorl.deliveries WHERE state <> 'pending' AND finished_at < $1
       ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    time - DELIVERY_LOG,
    limit,
  );
