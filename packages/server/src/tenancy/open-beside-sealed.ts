import type { Environment, Workspace } from '@whorl/contract';

/**
 * Environments that recognise visitors by themselves because another one of the workspace is sealed: see
 * `ingest/identity-scope.ts`. None where nothing is sealed, or identities are separate anyway.
 */
export const openBesideSealed = (workspace: Workspace, environments: readonly Environment[]): Environment[] => {
  if (workspace.identity === 'separate' || workspace.disabledFeatures.includes('sealedResults')) return [];
  const open = environments.filter(({ sealingKey }) => sealingKey === null);
  return open.length === environments.length ? [] : open;
};
