import type { Delivery, DeliveryAttempt, Webhook } from '@whorl/contract';
import type { Change } from './change.ts';

/** How long finished deliveries stay in the log, in milliseconds: 30 days. */
export const DELIVERY_LOG = 30 * 24 * 60 * 60_000;

/** How long after its event a new delivery is due, in milliseconds: an event's late evidence comes within about three seconds. */
export const DELIVERY_WAIT = 3_000;

/** What of a webhook can be changed. */
export type WebhookChange = Partial<Omit<Webhook, 'id' | 'workspaceId' | 'createdAt'>>;

/** Which deliveries to list, newest first by their creation, then id. `before` is the last one of the page before. */
export type DeliveryList = {
  workspaceId: string;
  webhookId?: string;
  state?: Delivery['state'];
  requestId?: string;
  limit: number;
  before?: { createdAt: number; id: string };
};

/** A delivery that was taken. `claim` counts how often that happened: only what comes of the latest one decides. */
export type ClaimedDelivery = Delivery & { claim: number };

/** What was tried of a delivery that was claimed, oldest first, and what follows from it. */
export type Settlement = {
  deliveryId: string;
  claim: number;
  attempts: readonly DeliveryAttempt[];
  next: { state: 'delivered' | 'failed' } | { state: 'pending'; at: number };
};

/** Webhooks, and what is owed to them. */
export interface WebhookStore {
  /** False, storing nothing, when its workspace has `most` already; counted as with rulesets. */
  createWebhook(webhook: Webhook, most?: number): Promise<boolean>;
  /** Oldest first; of one workspace, or of all. */
  webhooks(workspaceId?: string): Promise<Webhook[]>;
  /** The changed webhook; undefined when this workspace has none of this id. */
  changeWebhook(
    workspaceId: string,
    webhookId: string,
    change: Change<Webhook, WebhookChange>,
  ): Promise<Webhook | undefined>;
  /** Deletes it with all its deliveries; false when there is none. */
  deleteWebhook(workspaceId: string, webhookId: string): Promise<boolean>;

  /**
   * Takes up to `limit` deliveries that are due at `now`, oldest first, and puts them off until `now + lease`, so that no
   * other process takes them meanwhile. Of one visitor to one webhook only the oldest that is pending is ever due: they go
   * out in the order of their events' times. Deliveries of webhooks that are switched off wait. `rooms`: how many may be taken
   * of a webhook at most, 0 or more, so that one that is slow to answer does not keep the others from their turn.
   */
  claimDeliveries(
    now: number,
    lease: number,
    limit: number,
    rooms?: ReadonlyMap<string, number>,
  ): Promise<ClaimedDelivery[]>;
  /** How many deliveries are pending in all workspaces, and when the oldest of them was made; null when none is. */
  pendingDeliveries(): Promise<{ count: number; oldest: number | null }>;
  /**
   * Notes attempts in one transaction. What follows is heeded only of the claim that is the delivery's latest: a process
   * that took longer than its lease adds its attempts to the log, and changes neither the state nor when it is due.
   * False, in order, for deliveries that are gone: visitor erased or webhook deleted.
   */
  settleDeliveries(settlements: Settlement[]): Promise<boolean[]>;
  /** Makes a delivered or failed one pending again, due at `now`; undefined when this workspace has none of this id. */
  resendDelivery(workspaceId: string, deliveryId: string, now: number): Promise<Delivery | undefined>;
  deliveries(list: DeliveryList): Promise<Delivery[]>;
}
