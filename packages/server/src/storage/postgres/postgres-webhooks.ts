import type { WebhookStore } from '../store.ts';
import * as deliveries from './deliveries.ts';
import { claimDeliveries } from './delivery-line.ts';
import type { PostgresWork } from './postgres-work.ts';
import * as webhooks from './webhooks.ts';

/** The part of the store that knows webhooks, and what is owed to them. */
export const postgresWebhooks = (work: PostgresWork): WebhookStore => ({
  createWebhook: (webhook, most) => work.write((queries) => webhooks.createWebhook(queries, webhook, most)),
  webhooks: (workspaceId) => work.run((database) => webhooks.webhooks(database, workspaceId)),
  changeWebhook: (workspaceId, webhookId, change) =>
    work.write((queries) => webhooks.changeWebhook(queries, workspaceId, webhookId, change)),
  deleteWebhook: (workspaceId, webhookId) =>
    work.run((database) => webhooks.deleteWebhook(database, workspaceId, webhookId)),
  claimDeliveries: (now, lease, limit, rooms = new Map()) =>
    work.write((queries) => claimDeliveries(queries, now, lease, limit, rooms)),
  pendingDeliveries: () => work.run(deliveries.pendingDeliveries),
  settleDeliveries: (settlements) => work.write((queries) => deliveries.settleDeliveries(queries, settlements)),
  resendDelivery: (workspaceId, deliveryId, now) =>
    work.write((queries) => deliveries.resendDelivery(queries, workspaceId, deliveryId, now)),
  deliveries: (list) => work.run((database) => deliveries.deliveries(database, list)),
});
