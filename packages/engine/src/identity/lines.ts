import type { CountOf, Raise } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const LINES = 9;

/** The visitors under one blocking key: how many of them were read. */
export type Line = { key: number; read: number };

/** The key under which it is counted who joins a line. */
export const lineKey = (key: number): number => joinHashes(LINES, key % 0x1_0000_0000, Math.floor(key / 0x1_0000_0000));

/**
 * What to count when a visitor joins lines that it was not in. Who is the first of a line is not counted: most lines never
 * have a second, and would cost a number each.
 */
export const countJoined = (lines: readonly Line[]): Raise[] =>
  lines.filter(({ read }) => read > 0).map(({ key }) => ({ key: lineKey(key), by: 1 }));

/** The lines that a visitor joins by a visit: those that what it showed last did not lead to. */
export const joinedLines = (lines: readonly Line[], before: readonly number[]): Line[] =>
  lines.filter(({ key }) => !before.includes(key));

/** The visitors of the longest line who were not read, because there are more than are ever read. `most`: of one line. */
export const unreadOf = (countOf: CountOf, lines: readonly Line[], most: number): number => {
  let unread = 0;
  for (const { key, read } of lines) {
    if (read >= most) unread = Math.max(unread, 1 + countOf(lineKey(key)) - read);
  }
  return unread;
};
