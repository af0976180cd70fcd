import Type from 'typebox';
import type { ApiParameters, Endpoint } from '../openapi/endpoint.ts';
import {
  EnvironmentAnswer,
  EnvironmentCreate,
  EnvironmentUpdate,
  SealingKeyAnswer,
  SealingKeyUpdate,
} from './environment.ts';
import { type AdminErrorName, bodyAdminErrors, commonAdminErrors } from './errors.ts';
import { KeyAnswer, KeyCreate, KeyCreated, KeyUpdate, SigningKeyAnswer } from './key.ts';
import { pageOf, pagingQuery } from './paging.ts';
import { WorkspaceAnswer, WorkspaceCreate, WorkspaceCreated, WorkspaceUpdate } from './workspace.ts';

const ofWorkspace = {
  workspaceId: { schema: Type.String(), description: 'Id of a workspace, as `ws_…`.', required: true },
} as const satisfies ApiParameters;
const ofEnvironment = {
  ...ofWorkspace,
  environmentId: { schema: Type.String(), description: 'Id of an environment, as `ae_…`.', required: true },
} as const satisfies ApiParameters;
const ofKey = {
  ...ofWorkspace,
  keyId: { schema: Type.String(), description: 'Id of a key, as `key_…`; not its text.', required: true },
} as const satisfies ApiParameters;

const inWorkspace = [...commonAdminErrors, 'workspaceNotFound'] as const;
const inEnvironment = [...inWorkspace, 'environmentNotFound'] as const;

const workspaces = '/admin/v1/workspaces';
const workspace = `${workspaces}/{workspaceId}`;
const environment = `${workspace}/environments/{environmentId}`;

/** Every endpoint for workspaces, environments and keys. */
export const adminEndpoints = [
  {
    method: 'GET',
    path: workspaces,
    operationId: 'listWorkspaces',
    summary: 'List workspaces',
    description: 'Oldest first. The management key of a workspace sees its own alone.',
    tag: 'Workspaces',
    query: pagingQuery,
    answer: { status: 200, description: 'Workspaces.', schema: pageOf(WorkspaceAnswer) },
    errors: commonAdminErrors,
  },
  {
    method: 'POST',
    path: workspaces,
    operationId: 'createWorkspace',
    summary: 'Create a workspace',
    description: 'With an environment called production. Needs the management key of the server.',
    tag: 'Workspaces',
    body: { schema: WorkspaceCreate, example: { name: 'Shop' }, required: true },
    answer: { status: 201, description: 'The new workspace and its environment.', schema: WorkspaceCreated },
    errors: [...commonAdminErrors, ...bodyAdminErrors, 'serverKeyRequired', 'nameTaken'],
  },
  {
    method: 'GET',
    path: workspace,
    operationId: 'getWorkspace',
    summary: 'Get a workspace',
    tag: 'Workspaces',
    pathParameters: ofWorkspace,
    answer: { status: 200, description: 'The workspace.', schema: WorkspaceAnswer },
    errors: inWorkspace,
  },
  {
    method: 'PATCH',
    path: workspace,
    operationId: 'changeWorkspace',
    summary: 'Change a workspace',
    description:
      'What the body leaves out stays as it is, each of the two rate limits and of the points by itself. The management key of a workspace changes `identity`, `linking`, `suspectWeights` and `highActivityFloor` alone; the other fields need that of the server.',
    tag: 'Workspaces',
    pathParameters: ofWorkspace,
    body: { schema: WorkspaceUpdate, example: { active: true }, required: true },
    answer: { status: 200, description: 'The workspace as it is now.', schema: WorkspaceAnswer },
    errors: [...inWorkspace, ...bodyAdminErrors, 'serverKeyRequired', 'nameTaken'],
  },
  {
    method: 'GET',
    path: `${workspace}/environments`,
    operationId: 'listEnvironments',
    summary: 'List environments',
    description: 'Oldest first.',
    tag: 'Environments',
    pathParameters: ofWorkspace,
    query: pagingQuery,
    answer: { status: 200, description: 'Environments of the workspace.', schema: pageOf(EnvironmentAnswer) },
    errors: inWorkspace,
  },
  {
    method: 'POST',
    path: `${workspace}/environments`,
    operationId: 'createEnvironment',
    summary: 'Create an environment',
    tag: 'Environments',
    pathParameters: ofWorkspace,
    body: { schema: EnvironmentCreate, example: { name: 'staging' }, required: true },
    answer: { status: 201, description: 'The new environment.', schema: EnvironmentAnswer },
    errors: [...inWorkspace, ...bodyAdminErrors, 'nameTaken', 'tooManyEnvironments'],
  },
  {
    method: 'GET',
    path: environment,
    operationId: 'getEnvironment',
    summary: 'Get an environment',
    tag: 'Environments',
    pathParameters: ofEnvironment,
    answer: { status: 200, description: 'The environment.', schema: EnvironmentAnswer },
    errors: inEnvironment,
  },
  {
    method: 'PATCH',
    path: environment,
    operationId: 'changeEnvironment',
    summary: 'Change an environment',
    description: 'What the body leaves out stays as it is.',
    tag: 'Environments',
    pathParameters: ofEnvironment,
    body: { schema: EnvironmentUpdate, example: { name: 'production' }, required: true },
    answer: { status: 200, description: 'The environment as it is now.', schema: EnvironmentAnswer },
    errors: [...inEnvironment, ...bodyAdminErrors, 'nameTaken'],
  },
  {
    method: 'PUT',
    path: `${environment}/sealing-key`,
    operationId: 'setSealingKey',
    summary: 'Seal an environment’s results',
    description:
      'Sets or replaces the sealing key. From then on browsers get sealed results only. The key is shown this once, with the environments that recognise visitors by themselves because they are not sealed.',
    tag: 'Environments',
    pathParameters: ofEnvironment,
    body: { schema: SealingKeyUpdate, example: {}, description: 'Without a key one is made.' },
    answer: { status: 200, description: 'The key that results are sealed with.', schema: SealingKeyAnswer },
    errors: [...inEnvironment, ...bodyAdminErrors, 'featureNotEnabled'],
  },
  {
    method: 'DELETE',
    path: `${environment}/sealing-key`,
    operationId: 'deleteSealingKey',
    summary: 'Stop sealing an environment’s results',
    description: 'Answers the same whether or not there was a key.',
    tag: 'Environments',
    pathParameters: ofEnvironment,
    answer: { status: 204, description: 'Results are not sealed.' },
    errors: inEnvironment,
  },
  {
    method: 'GET',
    path: `${workspace}/keys`,
    operationId: 'listKeys',
    summary: 'List keys',
    description: 'Oldest first, revoked ones included. Their texts are not kept, and so not shown.',
    tag: 'Keys',
    pathParameters: ofWorkspace,
    query: pagingQuery,
    answer: { status: 200, description: 'Keys of the workspace.', schema: pageOf(KeyAnswer) },
    errors: inWorkspace,
  },
  {
    method: 'POST',
    path: `${workspace}/keys`,
    operationId: 'createKey',
    summary: 'Create a key',
    description: 'A public key needs an `environmentId`, a secret key may have one, a management key has none.',
    tag: 'Keys',
    pathParameters: ofWorkspace,
    body: { schema: KeyCreate, example: { kind: 'secret', name: 'backend' }, required: true },
    answer: { status: 201, description: 'The new key. Its text is shown this once.', schema: KeyCreated },
    errors: [...inEnvironment, ...bodyAdminErrors, 'tooManyKeys'],
  },
  {
    method: 'PATCH',
    path: `${workspace}/keys/{keyId}`,
    operationId: 'changeKey',
    summary: 'Change a public key',
    description: 'What the body leaves out stays as it is.',
    tag: 'Keys',
    pathParameters: ofKey,
    body: { schema: KeyUpdate, example: { requiresSignature: false }, required: true },
    answer: { status: 200, description: 'The key as it is now.', schema: KeyAnswer },
    errors: [...inWorkspace, ...bodyAdminErrors, 'keyNotFound', 'keyRevoked', 'notAPublicKey'],
  },
  {
    method: 'GET',
    path: `${workspace}/keys/{keyId}/signing-key`,
    operationId: 'getSigningKey',
    summary: 'Get a public key’s signing key',
    description: 'What apps sign their observations with that send with this public key. That it was read is logged.',
    tag: 'Keys',
    pathParameters: ofKey,
    answer: { status: 200, description: 'The signing key.', schema: SigningKeyAnswer },
    errors: [...inWorkspace, 'keyNotFound', 'keyRevoked', 'notAPublicKey'],
  },
  {
    method: 'DELETE',
    path: `${workspace}/keys/{keyId}`,
    operationId: 'revokeKey',
    summary: 'Revoke a key',
    description: 'Requests with it are refused from now on. It stays in the list with the time of its revocation.',
    tag: 'Keys',
    pathParameters: ofKey,
    answer: { status: 200, description: 'The key as it is listed from now on.', schema: KeyAnswer },
    errors: [...inWorkspace, 'keyNotFound', 'keyRevoked'],
  },
] as const satisfies readonly Endpoint<AdminErrorName>[];
