import type { Environment, EnvironmentAnswer } from '@whorl/contract';

/** An environment as it is shown: of its sealing key only whether there is one. */
export const environmentView = ({ sealingKey, ...rest }: Environment): EnvironmentAnswer => ({
  id: rest.id,
  workspaceId: rest.workspaceId,
  name: rest.name,
  allowedOrigins: rest.allowedOrigins,
  hasSealingKey: sealingKey !== null,
  createdAt: rest.createdAt,
});
