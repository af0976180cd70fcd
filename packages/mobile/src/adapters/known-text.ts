/** A text that a module gave, or undefined where it has none: several say `unknown` then. */
export const knownText = (text: string | null | undefined): string | undefined =>
  text === null || text === undefined || text === '' || text === 'unknown' ? undefined : text;

/** A time that a module gave in unix milliseconds, or undefined where it could not read one: then it is -1 or 0. */
export const knownTime = (time: number | null | undefined): number | undefined =>
  typeof time === 'number' && Number.isFinite(time) && time > 0 ? time : undefined;

/** An object without its undefined fields: the wire's optional fields are missing, not undefined. */
export const knownFields = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
