import Type from 'typebox';

/** Most characters of a name. */
export const LONGEST_NAME = 100;

/**
 * What no name may hold: control characters, those that format and are not seen (which could turn the rest of a line
 * around, or make two names look alike), line and paragraph separators, halves of surrogate pairs, and letters and symbols
 * that are blank: the Hangul fillers and the empty pattern of Braille.
 */
const UNSEEN = '\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u115f\\u1160\\u3164\\uffa0\\u2800';

/**
 * Characters that are seen, and between them the two that join and part their neighbours: Persian is written with them, and
 * so are emoji that are put together.
 */
const SEEN = `[^${UNSEEN}]+(?:[\\u200c\\u200d][^${UNSEEN}]+)*`;

/** One line, which may be blank. */
const LINE_PATTERN = `^(?:${SEEN})?$`;

/** One line that is not blank. */
const NAME_PATTERN = `^(?=.*\\S)${SEEN}$`;

/** One line that is not blank, and cannot be taken for an id. */
const OWNER_NAME_PATTERN = NAME_PATTERN.replace('^', '^(?!ws_|ae_)');

const LINE = 'One line of up to 100 characters, without such as are not seen';
const KEPT = 'Kept in the composed form (NFC), without spaces around it.';
const MUST = 'must be one line of characters that are seen';

/** What is wrong with a text that does not match the pattern of a name, by the pattern, to be read after the field's name. */
export const nameProblems: ReadonlyMap<string, string> = new Map([
  [LINE_PATTERN, MUST],
  [NAME_PATTERN, `${MUST}, and not blank`],
  [OWNER_NAME_PATTERN, `${MUST}, not blank, and not begin as ids do, with ws_ or ae_`],
]);

/** A name that people know something by: one line of up to 100 characters, not blank. */
export const Name = Type.String({
  minLength: 1,
  maxLength: LONGEST_NAME,
  pattern: NAME_PATTERN,
  description: `${LINE}, not blank. ${KEPT}`,
});

/** A name given to a workspace or environment. It cannot be taken for an id: commands take either. */
export const OwnerName = Type.String({
  minLength: 1,
  maxLength: LONGEST_NAME,
  pattern: OWNER_NAME_PATTERN,
  description: `${LINE}, not blank, and not beginning as ids do, with \`ws_\` or \`ae_\`. ${KEPT}`,
});

/** A name to know a key by. There may be none. */
export const KeyName = Type.String({
  maxLength: LONGEST_NAME,
  pattern: LINE_PATTERN,
  description: `A name to know the key by. ${LINE}. ${KEPT}`,
});

/**
 * A name as it is kept: composed (Unicode normalization form C), every space an ordinary one and none around it, so that
 * names that look alike are alike.
 */
export const tidyName = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\p{Zs}/gu, ' ')
    .trim();

/** A moment in unix milliseconds. */
export const UnixMs = Type.Integer({ description: 'Unix milliseconds.' });

/** An id of anything of ours. */
export const Id = Type.String({ minLength: 1, maxLength: 64 });
