import Type from 'typebox';
import type { ApiParameters, Endpoint } from '../openapi/endpoint.ts';
import { type AdminErrorName, bodyAdminErrors, commonAdminErrors } from './errors.ts';
import { pageOf, pagingQuery } from './paging.ts';
import {
  DeliveryAnswer,
  DeliveryAttemptAnswer,
  deliveriesQuery,
  WebhookAnswer,
  WebhookCreate,
  WebhookCreated,
  WebhookSecretCreate,
  WebhookSecretCreated,
  WebhookUpdate,
} from './webhook.ts';

const ofWorkspace = {
  workspaceId: { schema: Type.String(), description: 'Id of a workspace, as `ws_…`.', required: true },
} as const satisfies ApiParameters;
const ofWebhook = {
  ...ofWorkspace,
  webhookId: { schema: Type.String(), description: 'Id of a webhook, as `wh_…`.', required: true },
} as const satisfies ApiParameters;
const ofSecret = {
  ...ofWebhook,
  secretId: { schema: Type.String(), description: 'Id of a secret, as `whs_…`.', required: true },
} as const satisfies ApiParameters;
const ofDelivery = {
  ...ofWorkspace,
  deliveryId: { schema: Type.String(), description: 'Id of a delivery, as `wd_…`.', required: true },
} as const satisfies ApiParameters;

const inWorkspace = [...commonAdminErrors, 'workspaceNotFound', 'featureNotEnabled'] as const;
const inWebhook = [...inWorkspace, 'webhookNotFound'] as const;

const workspace = '/admin/v1/workspaces/{workspaceId}';
const webhook = `${workspace}/webhooks/{webhookId}`;

/** Switched off: nothing is sent until somebody means it. */
const webhookExample = { url: 'https://shop.example/whorl', version: 'v4', enabled: false };

/** Every endpoint for webhooks and their deliveries. */
export const webhookEndpoints = [
  {
    method: 'GET',
    path: `${workspace}/webhooks`,
    operationId: 'listWebhooks',
    summary: 'List webhooks',
    description: 'Oldest first. Secrets are named, not shown.',
    tag: 'Webhooks',
    pathParameters: ofWorkspace,
    query: pagingQuery,
    answer: { status: 200, description: 'Webhooks of the workspace.', schema: pageOf(WebhookAnswer) },
    errors: inWorkspace,
  },
  {
    method: 'POST',
    path: `${workspace}/webhooks`,
    operationId: 'createWebhook',
    summary: 'Create a webhook',
    description: 'Events recorded from now on are posted to it, each signed by its secret.',
    tag: 'Webhooks',
    pathParameters: ofWorkspace,
    body: { schema: WebhookCreate, example: webhookExample, required: true },
    answer: { status: 201, description: 'The new webhook. Its secret is shown this once.', schema: WebhookCreated },
    errors: [...inWorkspace, ...bodyAdminErrors, 'environmentNotFound', 'tooManyWebhooks'],
  },
  {
    method: 'GET',
    path: webhook,
    operationId: 'getWebhook',
    summary: 'Get a webhook',
    tag: 'Webhooks',
    pathParameters: ofWebhook,
    answer: { status: 200, description: 'The webhook.', schema: WebhookAnswer },
    errors: inWebhook,
  },
  {
    method: 'PATCH',
    path: webhook,
    operationId: 'changeWebhook',
    summary: 'Change a webhook',
    description:
      'What the body leaves out stays as it is. Deliveries that are pending go to the new address, in the new form.',
    tag: 'Webhooks',
    pathParameters: ofWebhook,
    body: { schema: WebhookUpdate, example: { enabled: true }, required: true },
    answer: { status: 200, description: 'The webhook as it is now.', schema: WebhookAnswer },
    errors: [...inWebhook, ...bodyAdminErrors, 'environmentNotFound'],
  },
  {
    method: 'DELETE',
    path: webhook,
    operationId: 'deleteWebhook',
    summary: 'Delete a webhook',
    description: 'With all its deliveries, those that are pending included.',
    tag: 'Webhooks',
    pathParameters: ofWebhook,
    answer: { status: 204, description: 'It is gone.' },
    errors: inWebhook,
  },
  {
    method: 'POST',
    path: `${webhook}/secrets`,
    operationId: 'addWebhookSecret',
    summary: 'Add a secret to a webhook',
    description: 'From now on deliveries are signed by it, too. Once the receiver knows it, delete the old one.',
    tag: 'Webhooks',
    pathParameters: ofWebhook,
    body: { schema: WebhookSecretCreate, example: {}, description: 'Without a value one is made.' },
    answer: { status: 201, description: 'The new secret, shown this once.', schema: WebhookSecretCreated },
    errors: [...inWebhook, ...bodyAdminErrors, 'tooManySecrets', 'secretKnown'],
  },
  {
    method: 'DELETE',
    path: `${webhook}/secrets/{secretId}`,
    operationId: 'deleteWebhookSecret',
    summary: 'Delete a secret of a webhook',
    tag: 'Webhooks',
    pathParameters: ofSecret,
    answer: { status: 204, description: 'It signs nothing any more.' },
    errors: [...inWebhook, 'secretNotFound', 'lastSecret'],
  },
  {
    method: 'POST',
    path: `${webhook}/test`,
    operationId: 'testWebhook',
    summary: 'Try a webhook',
    description:
      'Posts a sample event now, once, and tells how the receiver took it. Its request id ends in `sample`; it is stored nowhere.',
    tag: 'Webhooks',
    pathParameters: ofWebhook,
    answer: { status: 200, description: 'What the receiver answered.', schema: DeliveryAttemptAnswer },
    errors: inWebhook,
  },
  {
    method: 'GET',
    path: `${workspace}/deliveries`,
    operationId: 'listDeliveries',
    summary: 'List deliveries',
    description: 'Newest first. Finished ones are kept for 30 days.',
    tag: 'Webhooks',
    pathParameters: ofWorkspace,
    query: deliveriesQuery,
    answer: { status: 200, description: 'Deliveries of the workspace.', schema: pageOf(DeliveryAnswer) },
    errors: inWorkspace,
  },
  {
    method: 'POST',
    path: `${workspace}/deliveries/{deliveryId}/resend`,
    operationId: 'resendDelivery',
    summary: 'Send an event again',
    description: 'Makes a delivery that was delivered or given up due now. One that is pending stays as it is.',
    tag: 'Webhooks',
    pathParameters: ofDelivery,
    answer: { status: 200, description: 'The delivery as it is now.', schema: DeliveryAnswer },
    errors: [...inWorkspace, 'deliveryNotFound'],
  },
] as const satisfies readonly Endpoint<AdminErrorName>[];
