import type { Delivery, DeliveryAttempt } from '@whorl/contract';

export type DeliveryRow = {
  id: string;
  webhook: string;
  workspace: string;
  request_id: string;
  visitor: string;
  state: Delivery['state'];
  created_at: number;
  due: number | null;
  claim: number;
  attempts: string;
};

/** What `toDelivery` reads, of deliveries that stand in the statement as `d`. */
export const DELIVERY_COLUMNS =
  'd.id, d.webhook, d.workspace, d.request_id, d.visitor, d.state, d.created_at, d.due, d.claim, d.attempts';

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  webhookId: row.webhook,
  workspaceId: row.workspace,
  requestId: row.request_id,
  visitorId: row.visitor,
  state: row.state,
  createdAt: row.created_at,
  nextAttemptAt: row.due,
  attempts: JSON.parse(row.attempts) as DeliveryAttempt[],
});
