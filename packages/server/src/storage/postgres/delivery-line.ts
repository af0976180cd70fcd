import type { ClaimedDelivery } from '../store.ts';
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-row.ts';
import type { Queries } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

/** The pending deliveries of one visitor to one webhook. They go out in the order of their events. */
export type DeliveryLine = { webhook: string; visitor: string };

/** Whose lines they are. */
type LineOwner = { visitor: string; workspace: string };

/**
 * Keeps others from changing the visitors' lines until the transaction ends, as recording them does: who chooses a head
 * while another adds to the line would not see what is added, nor the other that the head has gone. In the order that
 * visitors are held in everywhere.
 */
export const holdLines = async (queries: Queries, owners: readonly LineOwner[]): Promise<void> => {
  const byName = new Map(owners.map(({ visitor, workspace }) => [`${visitor} ${workspace}`, { visitor, workspace }]));
  await withRows<LineOwner, unknown>(
    queries,
    'SELECT 1 FROM :rows JOIN whorl.visitors v USING (visitor, workspace) ORDER BY at FOR UPDATE OF v',
    { visitor: 'text', workspace: 'text' },
    [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []),
  );
};

/** Marks the first of each line as its head, and no other: only a head can be due. While the lines are held, after a change. */
export const chooseHeads = async (queries: Queries, lines: readonly DeliveryLine[]): Promise<void> => {
  const distinct = new Map(lines.map(({ webhook, visitor }) => [`${webhook} ${visitor}`, { webhook, visitor }]));
  await withRows<DeliveryLine, never>(
    queries,
    `WITH first AS MATERIALIZED (
       SELECT given.webhook, given.visitor, line.id FROM :rows CROSS JOIN LATERAL (
         SELECT id FROM whorl.deliveries d
         WHERE d.webhook = given.webhook AND d.visitor = given.visitor AND d.state = 'pending'
         ORDER BY d.request_id LIMIT 1
       ) line
     ), behind AS (
       UPDATE whorl.deliveries d SET head = false FROM first
       WHERE d.webhook = first.webhook AND d.visitor = first.visitor AND d.head AND d.id <> first.id
     )
     UPDATE whorl.deliveries d SET head = true FROM first WHERE d.id = first.id AND NOT d.head`,
    { webhook: 'text', visitor: 'text' },
    [...distinct.keys()].sort().flatMap((key) => distinct.get(key) ?? []),
  );
};

/**
 * Webhook by webhook, so that what waits for one that takes nothing now is not read. What another server takes at the
 * same moment is passed over, and what it has just taken is no longer due when the row is looked at again.
 * $1: now, $2: the lease, $3: how many, $4 and $5: webhooks of which fewer may be taken, and how many of each.
 */
export const CLAIM = `
WITH taken AS (
  SELECT id, due AS was_due FROM (
    SELECT due.*, room.most, row_number() OVER (PARTITION BY w.id ORDER BY due.due, due.request_id) AS place
    FROM whorl.webhooks w
    LEFT JOIN unnest($4::text[], $5::int[]) AS room (webhook, most) ON room.webhook = w.id
    CROSS JOIN LATERAL (
      SELECT d.id, d.due, d.request_id FROM whorl.deliveries d
      WHERE d.webhook = w.id AND d.head AND d.due <= $1
      ORDER BY d.due, d.request_id LIMIT $3 FOR UPDATE SKIP LOCKED
    ) due
    WHERE w.enabled AND room.most IS DISTINCT FROM 0
  ) found
  WHERE most IS NULL OR place <= most
  ORDER BY due, request_id LIMIT $3
)
UPDATE whorl.deliveries d SET due = $1 + $2, claim = d.claim + 1 FROM taken WHERE d.id = taken.id
RETURNING ${DELIVERY_COLUMNS}, taken.was_due`;

type Claimed = DeliveryRow & { was_due: number };

/** See `Store.claimDeliveries`. */
export const claimDeliveries = async (
  queries: Queries,
  now: number,
  lease: number,
  limit: number,
  rooms: ReadonlyMap<string, number> = new Map(),
): Promise<ClaimedDelivery[]> => {
  const rows = await queries.all<Claimed>(CLAIM, now, lease, limit, [...rooms.keys()], [...rooms.values()]);
  // An UPDATE returns its rows in any order.
  return rows
    .toSorted((one, other) => one.was_due - other.was_due || (one.request_id < other.request_id ? -1 : 1))
    .map((row) => ({ ...toDelivery(row), claim: row.claim }));
};
