import type { Region, Workspace } from '@whorl/contract';

/** What to say at the start of each workspace that this server does not answer for, with the mend. */
export const foreignWorkspaces = (workspaces: readonly Workspace[], region: Region): string[] =>
  workspaces
    .filter((workspace) => workspace.region !== region)
    .map(
      ({ id, name, region: other }) =>
        `Requests with keys of the workspace ${name} are refused: it is of region ${other}, this server answers for ${region}. ` +
        `Set WHORL_REGION=${other}, or run \`whorl workspace change ${id} --region ${region}\`.`,
    );
