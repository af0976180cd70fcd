import { type EventPosition, REQUEST_ID_PATTERN } from '@whorl/contract';

/**
 * Where a search goes on: after which event, and between which times. The times are those of the first page, so that a
 * default such as "the last seven days" does not move while pages are read.
 */
export type SearchCursor = { from: EventPosition; after: number; before: number };

const FORM = new RegExp(REQUEST_ID_PATTERN);

/** A cursor as text for the client, opaque to it: `<event id>.<after>.<before>`, base64url. */
export const writeCursor = ({ from, after, before }: SearchCursor): string =>
  Buffer.from(`${from.id}.${after}.${before}`).toString('base64url');

/** The cursor of a text, or undefined when it is none. */
export const readCursor = (text: string): SearchCursor | undefined => {
  const [time, tail, after, before, ...rest] = Buffer.from(text, 'base64url').toString('latin1').split('.');
  const id = `${time}.${tail}`;
  if (!FORM.test(id) || rest.length > 0) return undefined;
  const times = [after, before].map((part) => (/^\d{1,16}$/.test(part ?? '') ? Number(part) : undefined));
  if (times[0] === undefined || times[1] === undefined) return undefined;
  const cursor = { from: { time: Number(time), id }, after: times[0], before: times[1] };
  // Only what was written here is read: texts that decode to the same would make two names for one place.
  return writeCursor(cursor) === text ? cursor : undefined;
};
