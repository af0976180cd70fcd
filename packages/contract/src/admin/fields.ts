import Type from 'typebox';

/** Most characters of a name. */
export const LONGEST_NAME = 100;

/** One line that is not blank. */
const NAME_PATTERN = '^[^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f][^\\u0000-\\u001f\\u007f]*$';

/** A name that people know something by: one line of up to 100 characters, not blank. */
export const Name = Type.String({
  minLength: 1,
  maxLength: LONGEST_NAME,
  pattern: NAME_PATTERN,
  description: 'One line of up to 100 characters, not blank.',
});

/** A name that cannot be taken for an id: commands take either. */
export const OWNER_NAME_PATTERN = NAME_PATTERN.replace('^', '^(?!ws_|ae_)');

/** A name given to a workspace or environment. */
export const OwnerName = Type.String({
  minLength: 1,
  maxLength: LONGEST_NAME,
  pattern: OWNER_NAME_PATTERN,
  description: 'One line of up to 100 characters, not blank, and not beginning as ids do, with `ws_` or `ae_`.',
});

/** A moment in unix milliseconds. */
export const UnixMs = Type.Integer({ description: 'Unix milliseconds.' });

/** An id of anything of ours. */
export const Id = Type.String({ minLength: 1, maxLength: 64 });
