import type { Feature } from '@whorl/contract';

/** `hidden`: the features that the workspace has switched off. Nothing of them is shown. */
export type ViewOptions = { hidden?: ReadonlySet<Feature> };

export const NOTHING_HIDDEN: ReadonlySet<Feature> = new Set();
