import Type from 'typebox';

/** Most characters of a name. */
export const LONGEST_NAME = 100;

/**
 * What no name may hold: control characters, those that format and are not seen (which could turn the rest of a line
 * around, or make two names look alike), line and paragraph separators, and halves of surrogate pairs.
 */
const UNSEEN = '\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}';

/** One line, which may be blank. */
const LINE_PATTERN = `^[^${UNSEEN}]*$`;

/** One line that is not blank. */
const NAME_PATTERN = `^(?=.*\\S)[^${UNSEEN}]*$`;

const LINE = 'One line of up to 100 characters, without such as are not seen';
const KEPT = 'Kept in the composed form (NFC), without spaces around it.';

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
  pattern: NAME_PATTERN.replace('^', '^(?!ws_|ae_)'),
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
