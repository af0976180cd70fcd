import type { Environment, Workspace } from '@whorl/contract';

/** The key that results of this environment are sealed with, 32 bytes in base64; null where they are not sealed. */
export const sealingKeyOf = (workspace: Workspace, environment: Environment): string | null =>
  workspace.disabledFeatures.includes('sealedResults') ? null : environment.sealingKey;
