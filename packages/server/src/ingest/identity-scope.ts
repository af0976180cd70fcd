import type { Environment, Workspace } from '@whorl/contract';

/**
 * Within what a browser is recognised: blocking keys and tokens of one scope mean nothing in another. The whole
 * workspace, or each environment by itself where its identities are separate.
 *
 * An environment that answers its pages openly stands by itself, too, while another one of the workspace is sealed.
 * Otherwise its public key, which anyone can read in a page, would be a way around the seal: the same browser, or its token,
 * sent to the open environment, would be answered with the visitor id that the sealed one keeps to itself.
 *
 * @param sealedBeside whether another environment of the workspace has a sealing key
 */
export const identityScope = (
  { id, identity, disabledFeatures }: Workspace,
  environment: Pick<Environment, 'id' | 'sealingKey'>,
  sealedBeside: boolean,
): string => {
  const openBesideSealed =
    sealedBeside && environment.sealingKey === null && !disabledFeatures.includes('sealedResults');
  return identity === 'separate' || openBesideSealed ? environment.id : id;
};

/** The same, told from all environments of the workspace. */
export const identityScopeAmong = (
  workspace: Workspace,
  environment: Pick<Environment, 'id' | 'sealingKey'>,
  environments: readonly Pick<Environment, 'id' | 'sealingKey'>[],
): string => {
  const sealedBeside = environments.some(({ id, sealingKey }) => id !== environment.id && sealingKey !== null);
  return identityScope(workspace, environment, sealedBeside);
};
