import { setImmediate as letOthersWork } from 'node:timers/promises';
import type { WebhookStore } from '../store.ts';
import * as deliveries from './deliveries.ts';
import { claimDeliveries, pendingDeliveries } from './delivery-line.ts';
import type { SqliteWork } from './sqlite-work.ts';
import * as webhooks from './webhooks.ts';

/** The part of the store that knows webhooks, and what is owed to them. */
export const sqliteWebhooks = (work: SqliteWork): WebhookStore => ({
  createWebhook: (webhook, most) => work.write((database) => webhooks.createWebhook(database, webhook, most)),
  webhooks: (workspaceId) => work.run((database) => webhooks.webhooks(database, workspaceId)),
  changeWebhook: (workspaceId, webhookId, change) =>
    work.write((database) => webhooks.changeWebhook(database, workspaceId, webhookId, change)),
  // In many steps, as an erasure.
  deleteWebhook: async (workspaceId, webhookId) => {
    for (; ; await letOthersWork()) {
      const outcome = await work.write((database) => webhooks.deleteSomeOfWebhook(database, workspaceId, webhookId));
      if (outcome !== 'more') return outcome === 'deleted';
    }
  },
  claimDeliveries: (now, lease, limit, rooms) =>
    work.write((database) => claimDeliveries(database, now, lease, limit, rooms)),
  pendingDeliveries: () => work.run(pendingDeliveries),
  settleDeliveries: (settlements) =>
    work.write((database) => settlements.map((each) => deliveries.settleDelivery(database, each))),
  resendDelivery: (workspaceId, deliveryId, now) =>
    work.write((database) => deliveries.resendDelivery(database, workspaceId, deliveryId, now)),
  deliveries: (list) => work.run((database) => deliveries.deliveries(database, list)),
});
