import Type from 'typebox';
import { adminEndpoints } from '../admin/admin-endpoints.ts';
import { EdgeEraseAnswer, EdgeEraseRequest } from '../admin/edge.ts';
import { edgeEndpoints } from '../admin/edge-endpoints.ts';
import { EnvironmentAnswer, EnvironmentCreate, EnvironmentUpdate } from '../admin/environment.ts';
import { adminErrors } from '../admin/errors.ts';
import { KeyAnswer, KeyCreate, KeyCreated } from '../admin/key.ts';
import { DryRunReport, DryRunRequest } from '../admin/ruleset.ts';
import { rulesetEndpoints } from '../admin/ruleset-endpoints.ts';
import {
  DeliveryAnswer,
  DeliveryAttemptAnswer,
  WebhookAnswer,
  WebhookCreate,
  WebhookCreated,
  WebhookSecretAnswer,
  WebhookSecretCreated,
  WebhookUpdate,
} from '../admin/webhook.ts';
import { webhookEndpoints } from '../admin/webhook-endpoints.ts';
import { WorkspaceAnswer, WorkspaceCreate, WorkspaceCreated, WorkspaceUpdate } from '../admin/workspace.ts';
import { closed, type JsonObject, oneOf } from '../json.ts';
import { RuleAction, RuleCondition, RuleDraft, RuleGroup, Ruleset, RulesetDraft, RuleTest } from '../ruleset.ts';
import { buildDocument } from './build-document.ts';
import type { Endpoint } from './endpoint.ts';

const codes = [...new Set(Object.values(adminErrors).map(({ code }) => code))];

/** The form of every error of the management API. */
const AdminError = closed({
  error: closed({
    code: oneOf(...codes),
    message: Type.String(),
    detail: Type.Optional(
      Type.Array(closed({ field: Type.String(), problem: Type.String() }), {
        description:
          'Each field that is wrong, as a JSON pointer into the body or as `/` and a parameter, and what is wrong with it.',
      }),
    ),
  }),
});

/** Every endpoint of the management API. */
export const managementEndpoints: readonly Endpoint[] = [
  ...adminEndpoints,
  ...webhookEndpoints,
  ...rulesetEndpoints,
  ...edgeEndpoints,
];

/** The OpenAPI document of the management API, written from the schemas and registries that the server works by. */
export const managementDocument = (): JsonObject =>
  buildDocument({
    title: 'Whorl management API',
    version: '1',
    description: 'Workspaces, environments, keys, webhooks and rulesets of this server, and erasing edge events.',
    tags: [
      { name: 'Workspaces', description: 'Who owns events.' },
      { name: 'Environments', description: 'Parts of a workspace, such as production or staging.' },
      { name: 'Keys', description: 'What pages, servers and managers show.' },
      { name: 'Webhooks', description: 'Where events are posted to.' },
      { name: 'Rulesets', description: 'What is to be done with a request, by what its event shows.' },
      { name: 'Edge', description: 'Requests that were judged at the edge.' },
    ],
    security: { bearer: { type: 'http', scheme: 'bearer', description: 'A management key.' } },
    endpoints: managementEndpoints,
    errors: adminErrors,
    schemas: {
      Workspace: WorkspaceAnswer,
      WorkspaceCreate,
      WorkspaceUpdate,
      WorkspaceCreated,
      Environment: EnvironmentAnswer,
      EnvironmentCreate,
      EnvironmentUpdate,
      Key: KeyAnswer,
      KeyCreate,
      KeyCreated,
      Webhook: WebhookAnswer,
      WebhookCreate,
      WebhookUpdate,
      WebhookCreated,
      WebhookSecret: WebhookSecretAnswer,
      WebhookSecretCreated,
      Delivery: DeliveryAnswer,
      DeliveryAttempt: DeliveryAttemptAnswer,
      Ruleset,
      RulesetDraft,
      RuleDraft,
      RuleGroup,
      RuleTest,
      RuleCondition,
      RuleAction,
      DryRunRequest,
      DryRunReport,
      EdgeEraseRequest,
      EdgeEraseAnswer,
      Error: AdminError,
    },
    errorSchemas: { coded: 'Error' },
  });
