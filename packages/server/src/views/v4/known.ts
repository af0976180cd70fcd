/** The entries of `fields` that have a value. */
export const known = <F extends object>(fields: { [K in keyof F]: F[K] | undefined }): F =>
  // The cast restores what fromEntries loses: every entry that is left has its own value.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as F;
