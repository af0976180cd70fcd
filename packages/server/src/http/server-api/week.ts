/** Milliseconds of the time that is searched unless another is asked for. */
export const WEEK = 7 * 24 * 60 * 60_000;
