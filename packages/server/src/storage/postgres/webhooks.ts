import type { Webhook } from '@whorl/contract';
import type { Change, WebhookChange } from '../store.ts';
import { type DocumentRow, toDocument } from './documents.ts';
import { lockWorkspace } from './lock-workspace.ts';
import type { Queries } from './postgres-database.ts';

/** Within a transaction. See `Store.createWebhook`. */
export const createWebhook = async (
  queries: Queries,
  webhook: Webhook,
  most = Number.POSITIVE_INFINITY,
): Promise<boolean> => {
  await lockWorkspace(queries, webhook.workspaceId);
  const known = await queries.one<{ count: number }>(
    'SELECT count(*) AS count FROM whorl.webhooks WHERE workspace = $1',
    webhook.workspaceId,
  );
  if ((known?.count ?? 0) >= most) return false;
  await queries.run(
    'INSERT INTO whorl.webhooks (id, workspace, enabled, created_at, body) VALUES ($1, $2, $3, $4, $5)',
    webhook.id,
    webhook.workspaceId,
    webhook.enabled,
    webhook.createdAt,
    JSON.stringify(webhook),
  );
  return true;
};

/** Oldest first; of one workspace, or of all. */
export const webhooks = async (queries: Queries, workspaceId?: string): Promise<Webhook[]> => {
  const rows = await queries.all<DocumentRow>(
    'SELECT body FROM whorl.webhooks WHERE $1::text IS NULL OR workspace = $1 ORDER BY created_at, id',
    workspaceId ?? null,
  );
  return rows.map(toDocument<Webhook>);
};

/** Within a transaction. */
export const changeWebhook = async (
  queries: Queries,
  workspaceId: string,
  webhookId: string,
  change: Change<Webhook, WebhookChange>,
): Promise<Webhook | undefined> => {
  const row = await queries.one<DocumentRow>(
    'SELECT body FROM whorl.webhooks WHERE id = $1 AND workspace = $2 FOR NO KEY UPDATE',
    webhookId,
    workspaceId,
  );
  if (row === undefined) return undefined;
  const known = toDocument<Webhook>(row);
  const webhook = { ...known, ...change(known) };
  await queries.run(
    'UPDATE whorl.webhooks SET enabled = $2, body = $3 WHERE id = $1',
    webhookId,
    webhook.enabled,
    JSON.stringify(webhook),
  );
  return webhook;
};

/** Its deliveries go with it. */
export const deleteWebhook = async (queries: Queries, workspaceId: string, webhookId: string): Promise<boolean> =>
  (await queries.run('DELETE FROM whorl.webhooks WHERE id = $1 AND workspace = $2', webhookId, workspaceId)) === 1;
