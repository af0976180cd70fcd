/** A time as ISO 8601 in UTC with milliseconds. */
export const iso = (time: number): string => new Date(time).toISOString();

/** v3 writes some times in whole seconds; a `timestamp` beside them has the milliseconds. */
export const isoSeconds = (time: number): string => `${iso(time).slice(0, 19)}Z`;
