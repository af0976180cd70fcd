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
import { MOST_SECRETS, MOST_WEBHOOKS, makeSecret, makeWebhook } from '../../webhooks/make-webhook.ts';
import { sendSample } from '../../webhooks/send-sample.ts';
import { readTarget } from '../../webhooks/webhook-target.ts';
import { webhookView } from '../../webhooks/webhook-view.ts';
import { requireFeature, workspaceOf } from './admin-access.ts';
import { adminQueryReader } from './admin-query-reader.ts';
import { audit } from './audit.ts';
import { EnvironmentNotFoundError, RequestCannotBeParsedError } from './errors.ts';
import { pageOfItems } from './page-of-items.ts';
import { bodyReader } from './read-request.ts';
import {
  LastSecretError,
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

    const check = async (workspace: Workspace, { url, environmentIds }: WebhookChange): Promise<void> => {
      const target = url === undefined ? undefined : readTarget(url, privateAddresses);
      if (target?.ok === false) throw new RequestCannotBeParsedError([{ field: '/url', problem: target.problem }]);
      const known = new Set((await store.environments(workspace.id)).map(({ id }) => id));
      if (environmentIds?.some((id) => !known.has(id))) throw new EnvironmentNotFoundError();
    };

    app.get('/webhooks', async (request) => {
      const paging = readPaging(request);
      return pageOfItems((await store.webhooks(workspaceOf(request).id)).map(webhookView), paging);
    });

    app.post('/webhooks', async (request, reply) => {
      const workspace = workspaceOf(request);
      const { url, version, environmentIds = null, enabled = true } = readCreate(request);
      await check(workspace, { url, environmentIds });
      const webhook = makeWebhook({ workspaceId: workspace.id, url, version, environmentIds, enabled }, Date.now());
      if (!(await store.createWebhook(webhook, MOST_WEBHOOKS))) throw new TooManyWebhooksError();
      await directory.refresh();
      audit(request, { action: 'webhook.create', workspaceId: workspace.id, target: webhook.id });
      return reply.code(201).send({ ...webhookView(webhook), secret: webhook.secrets[0] });
    });

    app.get<WebhookPath>('/webhooks/:webhookId', async (request) => webhookView(await find(request)));

    app.patch<WebhookPath>('/webhooks/:webhookId', async (request) => {
      const workspace = workspaceOf(request);
      const changes = readUpdate(request);
      const webhook = await find(request);
      await check(workspace, changes);
      const changed = await change(webhook, () => changes);
      const fields = Object.keys(changes);
      audit(request, { action: 'webhook.change', workspaceId: workspace.id, target: webhook.id, fields });
      return webhookView(changed);
    });

    app.delete<WebhookPath>('/webhooks/:webhookId', async (request, reply) => {
      const { workspaceId, id } = await find(request);
      if (!(await store.deleteWebhook(workspaceId, id))) throw new WebhookNotFoundError();
      await directory.refresh();
      audit(request, { action: 'webhook.delete', workspaceId, target: id });
      return reply.code(204).send();
    });

    app.post<WebhookPath>('/webhooks/:webhookId/secrets', async (request, reply) => {
      const { value } = readSecret(request);
      const webhook = await find(request);
      const secret = makeSecret(Date.now(), value);
      await change(webhook, ({ secrets }) => {
        if (secrets.length >= MOST_SECRETS) throw new TooManySecretsError();
        return { secrets: [secret, ...secrets] };
      });
      audit(request, { action: 'webhook.add-secret', workspaceId: webhook.workspaceId, target: secret.id });
      return reply.code(201).send(secret);
    });

    app.delete<SecretPath>('/webhooks/:webhookId/secrets/:secretId', async (request, reply) => {
      const { secretId } = request.params;
      const webhook = await find(request);
      await change(webhook, ({ secrets }) => {
        const left = secrets.filter(({ id }) => id !== secretId);
        if (left.length === secrets.length) throw new SecretNotFoundError();
        if (left.length === 0) throw new LastSecretError();
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
