import { type Json, type JsonObject, OBSERVATION_LIMITS } from '@whorl/contract';

/** Levels of a tag. JSON text deeper than the stack can be read but not written again. */
export const DEEPEST_TAG = 64;

/** Whether a value nests deeper than {@link DEEPEST_TAG}, found without recursion. */
export const nestsTooDeep = (value: unknown): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_TAG) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
};

/** A scalar or an array is wrapped, never lost; nothing is an empty object. */
const asTag = (tag: Json | undefined): JsonObject => {
  if (tag === undefined || tag === null) return {};
  return typeof tag === 'object' && !Array.isArray(tag) ? tag : { tag };
};

/** A tag, or why it cannot be one: more levels than {@link DEEPEST_TAG}, or more bytes than `OBSERVATION_LIMITS` allow. */
export type TagOutcome = { ok: true; value: JsonObject } | { ok: false; fault: 'too-deep' | 'too-large' };

/** Reads what a client gave as tag, whatever JSON it is. */
export const readTag = (given: unknown): TagOutcome => {
  if (nestsTooDeep(given)) return { ok: false, fault: 'too-deep' };
  const tag = asTag(given as Json | undefined);
  const bytes = Buffer.byteLength(JSON.stringify(tag));
  return bytes > OBSERVATION_LIMITS.tagBytes ? { ok: false, fault: 'too-large' } : { ok: true, value: tag };
};
