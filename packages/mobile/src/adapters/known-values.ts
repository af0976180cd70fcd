/*
 * Modules are taken by their published types, which nothing holds them to when the app runs: another version, a stand-in or a
 * hook may answer anything. What is not of the type and within the bounds of the wire is left out, because one such field would
 * make the server refuse the whole section.
 */

/** A text of at most `most` characters that a module gave, or undefined where it has none: several say `unknown` then. */
export const knownText = (text: unknown, most = 128): string | undefined =>
  typeof text !== 'string' || text === '' || text === 'unknown' || text.length > most ? undefined : text;

/** The texts of a list, the first `most` that are of at most `length` characters; undefined where it is no list. */
export const knownTexts = (texts: unknown, most: number, length: number): string[] | undefined =>
  Array.isArray(texts)
    ? texts.filter((each): each is string => typeof each === 'string' && each.length <= length).slice(0, most)
    : undefined;

/** The last time that a `Date` can hold, unix milliseconds. */
const LAST_TIME = 8.64e15;

/** A time that a module gave in unix milliseconds, or undefined where it could not read one: then it is -1 or 0. */
export const knownTime = (time: unknown): number | undefined =>
  typeof time === 'number' && time > 0 && time <= LAST_TIME ? time : undefined;

/** A number from `least` to `most`, or undefined. */
export const knownNumber = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && value >= least && value <= most ? value : undefined;

/** Yes or no, or undefined. */
export const knownFlag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** An object without its undefined fields: the wire's optional fields are missing, not undefined. */
export const knownFields = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
