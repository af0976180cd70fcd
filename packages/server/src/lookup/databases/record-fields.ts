/** A record of an `.mmdb` file, or a part of one, before anything is known of it: files come from anywhere. */
export type Fields = { readonly [key: string]: unknown };

/** Longest text that is taken from a record, in characters; the longest names of places and operators are shorter. */
const LONGEST_TEXT = 200;

/** A part of a record that has fields itself; without fields where it is something else, or missing. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** A text that says something; undefined for an empty one, which some makers write for what they do not know. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, LONGEST_TEXT) : undefined;

/** A number, also where it is written as text. */
export const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** A number within bounds, both inclusive. */
export const numberWithin = (value: unknown, least: number, most: number): number | undefined => {
  const number = numberOf(value);
  return number !== undefined && number >= least && number <= most ? number : undefined;
};

/** Whether a flag is set; some makers write `"true"`. */
export const flagOf = (value: unknown): boolean => value === true || value === 'true';

/** The number of an autonomous system, with or without `AS` before it. */
export const asnOf = (value: unknown): number | undefined => {
  const digits = typeof value === 'string' ? value.trim().replace(/^AS/i, '') : value;
  const asn = numberWithin(digits, 1, 2 ** 32 - 1);
  return Number.isInteger(asn) ? asn : undefined;
};

/** A day such as `2026-11-20`, or a time as in RFC 3339, in unix milliseconds. */
export const timeOf = (value: unknown): number | undefined => {
  const text = textOf(value);
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}(?:T.*)?$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
};
