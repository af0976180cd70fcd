import type { Feature } from '@whorl/contract';
import type { Access } from '../server-api/access.ts';

/** What the views are to leave out for this workspace. */
export const viewOptions = ({ workspace }: Access): { hidden: ReadonlySet<Feature> } => ({
  hidden: new Set(workspace.disabledFeatures),
});
