import type { Feature } from '@whorl/contract';
import type { Access } from './access.ts';

/** What the views are to leave out for the key's workspace. */
export const viewOptions = ({ workspace }: Access): { hidden: ReadonlySet<Feature> } => ({
  hidden: new Set(workspace.disabledFeatures),
});
