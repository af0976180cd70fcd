import { RequestCannotBeParsedError } from './errors.ts';

/** A place in a list that is ordered by time and then id; it stays where it is when its item is deleted. */
export type PagePosition = { createdAt: number; id: string };

/** Where a page ended: `<createdAt>.<id>`. */
export const cursorOf = ({ createdAt, id }: PagePosition): string => `${createdAt}.${id}`;

/** The place that a cursor names. Throws for what is none. */
export const readCursor = (text: string): PagePosition => {
  const [, createdAt, id] = /^(\d{1,15})\.(\w{1,64})$/.exec(text) ?? [];
  if (createdAt === undefined || id === undefined) {
    throw new RequestCannotBeParsedError([{ field: '/after', problem: 'is not the `next` of a page of this list' }]);
  }
  return { createdAt: Number(createdAt), id };
};
