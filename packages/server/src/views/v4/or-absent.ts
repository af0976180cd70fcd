/** Canonical events have empty texts for what is not known; v4 leaves it out. */
export const orAbsent = (text: string): string | undefined => (text === '' ? undefined : text);
