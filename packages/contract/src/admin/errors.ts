import type { ApiErrors } from '../openapi/endpoint.ts';

/** Status, code and message of every error of the management API. `when` goes into the documentation. */
export const adminErrors = {
  requestCannotBeParsed: {
    status: 400,
    code: 'RequestCannotBeParsed',
    message: 'the request is not valid',
    when: 'The body or query is not JSON of the documented form. `detail` lists each field with what is wrong with it.',
  },
  managementKeyRequired: {
    status: 401,
    code: 'ManagementKeyRequired',
    message: 'a management key is required; send it as "Authorization: Bearer <key>"',
    when: 'The header `Authorization` is missing, or is not `Bearer` with a key.',
  },
  managementKeyNotFound: {
    status: 401,
    code: 'ManagementKeyNotFound',
    message: 'the management key is not found',
    when: 'The key is unknown, revoked, or of another kind. Public and secret keys manage nothing.',
  },
  serverKeyRequired: {
    status: 403,
    code: 'ServerKeyRequired',
    message: 'this needs the management key of the server; that of a workspace does not reach beyond it',
    when: 'Only the key of the setting `WHORL_MANAGEMENT_KEY` creates workspaces, and changes their `name`, `region`, `active`, `disabledFeatures` and `rateLimits`.',
  },
  workspaceNotActive: {
    status: 403,
    code: 'WorkspaceNotActive',
    message: 'the workspace is not active',
    when: 'The key’s workspace is switched off. The management key of the server, or `whorl workspace change`, switches it on.',
  },
  featureNotEnabled: {
    status: 403,
    code: 'FeatureNotEnabled',
    message: 'the feature is not enabled for this workspace',
    when: 'The feature is among the workspace’s `disabledFeatures`.',
  },
  routeNotFound: {
    status: 404,
    code: 'RouteNotFound',
    message: 'there is nothing at this address',
    when: 'No endpoint has this method and path.',
  },
  workspaceNotFound: {
    status: 404,
    code: 'WorkspaceNotFound',
    message: 'the workspace is not found',
    when: 'There is no workspace of this id, or the key is that of another one.',
  },
  environmentNotFound: {
    status: 404,
    code: 'EnvironmentNotFound',
    message: 'the environment is not found',
    when: 'The workspace has no environment of this id.',
  },
  keyNotFound: {
    status: 404,
    code: 'KeyNotFound',
    message: 'the key is not found',
    when: 'The workspace has no key of this id. Keys are named by their ids, not by their texts.',
  },
  rulesetNotFound: {
    status: 404,
    code: 'RulesetNotFound',
    message: 'the ruleset is not found',
    when: 'The workspace has no ruleset of this id.',
  },
  webhookNotFound: {
    status: 404,
    code: 'WebhookNotFound',
    message: 'the webhook is not found',
    when: 'The workspace has no webhook of this id.',
  },
  secretNotFound: {
    status: 404,
    code: 'SecretNotFound',
    message: 'the secret is not found',
    when: 'The webhook has no secret of this id. Secrets are named by their ids, not by their values.',
  },
  deliveryNotFound: {
    status: 404,
    code: 'DeliveryNotFound',
    message: 'the delivery is not found',
    when: 'The workspace has no delivery of this id; finished ones are kept for 30 days.',
  },
  nameTaken: {
    status: 409,
    code: 'NameTaken',
    message: 'the name is taken',
    when: 'Another workspace, or another environment of this workspace, has this name.',
  },
  keyRevoked: {
    status: 409,
    code: 'KeyRevoked',
    message: 'the key has been revoked before',
    when: 'A key is revoked once, and a revoked one is neither changed nor has a signing key.',
  },
  notAPublicKey: {
    status: 409,
    code: 'NotAPublicKey',
    message: 'the key is not a public one',
    when: 'Apps sign what they send with a public key. Secret and management keys have no signing key and require no signature.',
  },
  dryRunUnderWay: {
    status: 409,
    code: 'DryRunUnderWay',
    message: 'another dry run of the workspace is under way',
    when: 'A server judges past events for one request of a workspace at a time. Ask again when the other one is answered.',
  },
  tooManyEnvironments: {
    status: 409,
    code: 'TooManyEnvironments',
    message: 'the workspace has as many environments as it may',
    when: 'A workspace may have 100 environments.',
  },
  tooManyKeys: {
    status: 409,
    code: 'TooManyKeys',
    message: 'the workspace has as many keys as it may',
    when: 'A workspace may have 1,000 keys that are not revoked. Revoke one that is not needed.',
  },
  tooManyRulesets: {
    status: 409,
    code: 'TooManyRulesets',
    message: 'the workspace has as many rulesets as it can have',
    when: 'A workspace has at most 100 rulesets. Delete one that is no longer used.',
  },
  tooManyWebhooks: {
    status: 409,
    code: 'TooManyWebhooks',
    message: 'the workspace has as many webhooks as it may',
    when: 'A workspace may have 100 webhooks. Delete one that is not needed.',
  },
  tooManySecrets: {
    status: 409,
    code: 'TooManySecrets',
    message: 'the webhook has as many secrets as it may',
    when: 'A webhook may have 5 secrets. Delete one that the receiver no longer checks.',
  },
  secretKnown: {
    status: 409,
    code: 'SecretKnown',
    message: 'the webhook has this secret already',
    when: 'The `value` is that of one of the webhook’s secrets. Another one is needed to move to.',
  },
  lastSecret: {
    status: 409,
    code: 'LastSecret',
    message: 'the only secret of a webhook cannot be deleted',
    when: 'Deliveries are always signed. Add another secret first.',
  },
  payloadTooLarge: {
    status: 413,
    code: 'PayloadTooLarge',
    message: 'the body is too large',
    when: 'The body has more than 256 KiB.',
  },
  unsupportedMediaType: {
    status: 415,
    code: 'UnsupportedMediaType',
    message: 'the body must be JSON in UTF-8, sent with "Content-Type: application/json" and uncompressed',
    when: 'The body has another content type or `charset`, or a `Content-Encoding`.',
  },
  tooManyRequests: {
    status: 429,
    code: 'TooManyRequests',
    message: 'too many requests',
    when: 'A limit of the workspace is used up, or the key is wrong as many others from this address were. `Retry-After` gives the seconds to wait.',
  },
  failed: {
    status: 500,
    code: 'Failed',
    message: 'internal server error',
    when: 'Something is wrong in the server; its log says what.',
  },
  serviceUnavailable: {
    status: 503,
    code: 'ServiceUnavailable',
    message: 'service unavailable',
    when: 'The database does not serve at the moment. What was asked for may be done in part (erasing, deleting a webhook) or, where the connection to the database broke, in whole; asking again finishes it. `Retry-After` gives the seconds to wait.',
  },
} as const satisfies ApiErrors;

export type AdminErrorName = keyof typeof adminErrors;

/** Errors that every endpoint of the management API may answer. */
export const commonAdminErrors = [
  'requestCannotBeParsed',
  'managementKeyRequired',
  'managementKeyNotFound',
  'workspaceNotActive',
  'tooManyRequests',
  'failed',
  'serviceUnavailable',
] as const satisfies AdminErrorName[];

/** Errors that endpoints with a body may answer besides. */
export const bodyAdminErrors = ['payloadTooLarge', 'unsupportedMediaType'] as const satisfies AdminErrorName[];
