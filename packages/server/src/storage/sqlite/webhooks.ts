import type { Webhook } from '@whorl/contract';
import type { Change, WebhookChange } from '../store.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

type Row = {
  id: string;
  workspace: string;
  environments: string | null;
  url: string;
  version: Webhook['version'];
  enabled: number;
  secrets: string;
  created_at: number;
};

const toWebhook = (row: Row): Webhook => ({
  id: row.id,
  workspaceId: row.workspace,
  environmentIds: row.environments === null ? null : (JSON.parse(row.environments) as string[]),
  url: row.url,
  version: row.version,
  enabled: row.enabled === 1,
  secrets: JSON.parse(row.secrets) as Webhook['secrets'],
  createdAt: row.created_at,
});

/** What of a webhook can change, in the order of the statements below. */
const values = ({ environmentIds, url, version, enabled, secrets }: Webhook) => {
  const environments = environmentIds === null ? null : JSON.stringify(environmentIds);
  return [environments, url, version, Number(enabled), JSON.stringify(secrets)] as const;
};

/** Within a transaction. See `Store.createWebhook`. */
export const createWebhook = (database: SqliteDatabase, webhook: Webhook, most = Number.POSITIVE_INFINITY): boolean => {
  const known = database.one<{ count: number }>(
    'SELECT count(*) AS count FROM webhooks WHERE workspace = ?',
    webhook.workspaceId,
  );
  if ((known?.count ?? 0) >= most) return false;
  database.run(
    `INSERT INTO webhooks (environments, url, version, enabled, secrets, id, workspace, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...values(webhook),
    webhook.id,
    webhook.workspaceId,
    webhook.createdAt,
  );
  return true;
};

/** Oldest first; of one workspace, or of all. */
export const webhooks = (database: SqliteDatabase, workspaceId?: string): Webhook[] => {
  const rows =
    workspaceId === undefined
      ? database.all<Row>('SELECT * FROM webhooks ORDER BY created_at, id')
      : database.all<Row>('SELECT * FROM webhooks WHERE workspace = ? ORDER BY created_at, id', workspaceId);
  return rows.map(toWebhook);
};

const findWebhook = (database: SqliteDatabase, workspaceId: string, webhookId: string): Webhook | undefined => {
  const row = database.one<Row>('SELECT * FROM webhooks WHERE id = ? AND workspace = ?', webhookId, workspaceId);
  return row === undefined ? undefined : toWebhook(row);
};

/** Within a transaction. */
export const changeWebhook = (
  database: SqliteDatabase,
  workspaceId: string,
  webhookId: string,
  change: Change<Webhook, WebhookChange>,
): Webhook | undefined => {
  const known = findWebhook(database, workspaceId, webhookId);
  if (known === undefined) return undefined;
  const webhook = { ...known, ...change(known) };
  database.run(
    'UPDATE webhooks SET environments = ?, url = ?, version = ?, enabled = ?, secrets = ? WHERE id = ?',
    ...values(webhook),
    webhookId,
  );
  return webhook;
};

/** Deliveries that go in one transaction. */
const CHUNK = 1_000;

/** Deletes deliveries of a webhook and, with the last of them, itself. Within a transaction. */
export const deleteSomeOfWebhook = (
  database: SqliteDatabase,
  workspaceId: string,
  webhookId: string,
): 'unknown' | 'more' | 'deleted' => {
  if (findWebhook(database, workspaceId, webhookId) === undefined) return 'unknown';
  const { changes } = database.run(
    `DELETE FROM deliveries WHERE row IN (SELECT row FROM deliveries WHERE webhook = ? LIMIT ${CHUNK})`,
    webhookId,
  );
  if (changes === CHUNK) return 'more';
  database.run('DELETE FROM webhooks WHERE id = ?', webhookId);
  return 'deleted';
};
