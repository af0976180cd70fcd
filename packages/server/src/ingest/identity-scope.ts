import type { Environment, Workspace } from '@whorl/contract';

/**
 * Within what a browser is recognised: blocking keys and tokens of one scope mean nothing in another. The whole
 * workspace, or each environment by itself where its identities are separate.
 */
export const identityScope = (workspace: Workspace, environment: Pick<Environment, 'id'>): string =>
  workspace.identity === 'separate' ? environment.id : workspace.id;
