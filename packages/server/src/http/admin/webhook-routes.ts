import {
  pagingQuery,
  type Webhook,
  WebhookCreate,
  WebhookSecretCreate,
  WebhookUpdate,
  type Workspace,
} from '@whorl/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Change, Store, WebhookChange } from '../../storage/store.ts';
import type { Webhooks } from '../../webhooks/create-webhooks.ts';
import { addSecret, MOST_WEBHOOKS, makeSecret, makeWebhook, removeSecret } from '../../webhooks/make-webhook.ts';
import { sendSample } from '../../webhooks/send-sample.ts';
import { readTarget } from '../../webhooks/webhook-target.ts';
import { webhookView } from '../../webhooks/webhook-view.ts';
import { requireFeature, workspaceOf } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { type AuditEntry, audit, auditFailure } from './audit.ts';
import { EnvironmentNotFoundError, RequestCannotBeParsedError } from './errors.ts';
import { pageOfItems } from './page-of-items.ts';
import { bodyReader } from './read-request.ts';
import {
  LastSecretError,
  SecretKnownError,
  SecretNotFoundError,
  TooManySecretsError,
  TooManyWebhooksError,
  WebhookNotFoundError,
} from './webhook-errors.ts';

export type WebhookRouteParts = {
  store: Store;
  webhooks: Pick<Webhooks, 'directory' | 'post' | 'privateAddresses' | 'wake'>;
};

type WebhookPath = { Params: { webhookId: string } };
type SecretPath = { Params: { webhookId: string; secretId: string } };

const readPaging = adminQueryReader(pagingQuery);
const readCreate = bodyReader(WebhookCreate);
const readUpdate = bodyReader(WebhookUpdate);
const readSecret = bodyReader(WebhookSecretCreate);

/** `/webhooks` of a workspace: list, create, get, change, delete, change secrets, try. */
export const webhookRoutes =
  ({ store, webhooks: { directory, post, privateAddresses } }: WebhookRouteParts) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request) => requireFeature(workspaceOf(request), 'webhooks'));

    const find = async (request: FastifyRequest<WebhookPath>): Promise<Webhook> => {
      const known = await store.webhooks(workspaceOf(request).id);
      const webhook = known.find(({ id }) => id === request.params.webhookId);
      if (webhook === undefined) throw new WebhookNotFoundError();
      return webhook;
    };

    const change = async ({ workspaceId, id }: Webhook, changes: Change<Webhook, WebhookChange>): Promise<Webhook> => {
      const changed = await store.changeWebhook(workspaceId, id, changes);
      if (changed === undefined) throw new WebhookNotFoundError();
      await directory.refresh();
      return changed;
    };

    /** The address as it is kept. */
    const addressOf = (url: string): string => {
      const target = readTarget(url, privateAddresses);
      if (!target.ok) throw new RequestCannotBeParsedError([{ field: '/url', problem: target.problem }]);
      return target.url.href;
    };

    const requireEnvironments = async (workspace: Workspace, environmentIds: Webhook['environmentIds'] = null) => {
      const known = new Set((await store.environments(workspace.id)).map(({ id }) => id));
      if (environmentIds?.some((id) => !known.has(id))) throw new EnvironmentNotFoundError();
    };

    app.get('/webhooks', async (request) => {
      const paging = readPaging(request);
      return pageOfItems((await store.webhooks(workspaceOf(request).id)).map(webhookView), paging);
    });

    app.post('/webhooks', async (request, reply) => {
      const workspace = workspaceOf(request);
      const { url: given, version, environmentIds = null, enabled = true, secret } = readCreate(request);
      const url = addressOf(given);
      await requireEnvironments(workspace, environmentIds);
      const choice = { workspaceId: workspace.id, url, version, environmentIds, enabled };
      const webhook = makeWebhook(choice, Date.now(), secret);
      if (!(await store.createWebhook(webhook, MOST_WEBHOOKS))) throw new TooManyWebhooksError();
      await directory.refresh();
      audit(request, { action: 'webhook.create', workspaceId: workspace.id, target: webhook.id });
      return reply.code(201).send({ ...webhookView(webhook), secret: webhook.secrets[0] });
    });

    app.get<WebhookPath>('/webhooks/:webhookId', async (request) => webhookView(await find(request)));

    app.patch<WebhookPath>('/webhooks/:webhookId', async (request) => {
      const workspace = workspaceOf(request);
      const wanted = readUpdate(request);
      const webhook = await find(request);
      const changes = { ...wanted, ...(wanted.url === undefined ? {} : { url: addressOf(wanted.url) }) };
      await requireEnvironments(workspace, changes.environmentIds);
      const changed = await change(webhook, () => changes);
      const fields = Object.keys(changes);
      audit(request, { action: 'webhook.change', workspaceId: workspace.id, target: webhook.id, fields });
      return webhookView(changed);
    });

    app.delete<WebhookPath>('/webhooks/:webhookId', async (request, reply) => {
      const { workspaceId, id } = await find(request);
      const entry: AuditEntry = { action: 'webhook.delete', workspaceId, target: id };
      const deleted = await auditFailure(request, entry, () => store.deleteWebhook(workspaceId, id));
      if (!deleted) throw new WebhookNotFoundError();
      await directory.refresh();
      audit(request, entry);
      return reply.code(204).send();
    });

    app.post<WebhookPath>('/webhooks/:webhookId/secrets', async (request, reply) => {
      const { value } = readSecret(request);
      const webhook = await find(request);
      const secret = makeSecret(Date.now(), value);
      await change(webhook, ({ secrets }) => {
        const added = addSecret(secrets, secret);
        if (added === 'known') throw new SecretKnownError();
        if (added === 'too-many') throw new TooManySecretsError();
        return { secrets: added };
      });
      audit(request, { action: 'webhook.add-secret', workspaceId: webhook.workspaceId, target: secret.id });
      return reply.code(201).send(secret);
    });

    app.delete<SecretPath>('/webhooks/:webhookId/secrets/:secretId', async (request, reply) => {
      const { secretId } = request.params;
      const webhook = await find(request);
      await change(webhook, ({ secrets }) => {
        const left = removeSecret(secrets, secretId);
        if (left === 'unknown') throw new SecretNotFoundError();
        if (left === 'last') throw new LastSecretError();
        return { secrets: left };
      });
      audit(request, { action: 'webhook.delete-secret', workspaceId: webhook.workspaceId, target: secretId });
      return reply.code(204).send();
    });

    app.post<WebhookPath>('/webhooks/:webhookId/test', async (request) => {
      const workspace = workspaceOf(request);
      const webhook = await find(request);
      const [first] = await store.environments(workspace.id);
      return sendSample({ webhook, workspace }, webhook.environmentIds?.[0] ?? first?.id ?? '', post);
    });
  };
