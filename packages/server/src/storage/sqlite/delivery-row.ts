import type { Delivery, DeliveryAttempt } from '@whorl/contract';

export type DeliveryRow = {
  id: string;
  webhook: string;
  workspace: string;
  request_id: string;
  visitor: string;
  state: Delivery['state'];
  created_at: number;
  next_at: number | null;
  claim: number;
  attempts: string;
};

/** What `toDelivery` reads. */
export const DELIVERY_COLUMNS =
  'id, webhook, workspace, request_id, visitor, state, created_at, next_at, claim, attempts';

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  webhookId: row.webhook,
  workspaceId: row.workspace,
  requestId: row.request_id,
  visitorId: row.visitor,
  state: row.state,
  createdAt: row.created_at,
  nextAttemptAt: row.next_at,
  attempts: JSON.parse(row.attempts) as DeliveryAttempt[],
});
