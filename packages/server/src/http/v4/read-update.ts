import { OBSERVATION_LIMITS, v4Errors } from '@whorl/contract';
import { isWellFormed } from '../../ingest/is-well-formed.ts';
import { readJsonObject } from '../../ingest/read-json.ts';
import { readTag } from '../../ingest/read-tag.ts';
import type { EventChange } from '../server-api/update-event.ts';
import { PayloadTooLargeError, RequestCannotBeParsedError } from './errors.ts';

const invalidBody = () => new RequestCannotBeParsedError(v4Errors.invalidBody.message);

/** Clients that know no missing fields write null for them. */
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * The change that the body of `PATCH /v4/events/{event_id}` asks for, in the form of `V4EventUpdate`. Fields that are not
 * known are passed over.
 *
 * @param body the bytes as they came, undefined where none did
 */
export const readUpdate = (body: unknown): EventChange => {
  const parsed = readJsonObject(body);
  if (parsed === undefined) throw invalidBody();
  const { linked_id: linkedId, tags, suspect } = parsed;
  const change: EventChange = {};
  if (isGiven(linkedId)) {
    if (typeof linkedId !== 'string' || !isWellFormed(linkedId)) throw invalidBody();
    if (linkedId.length > OBSERVATION_LIMITS.linkedIdLength) {
      throw new RequestCannotBeParsedError(v4Errors.linkedIdTooLong.message);
    }
    change.linkedId = linkedId;
  }
  if (isGiven(tags)) {
    const read = readTag(tags);
    if (!read.ok) throw read.fault === 'too-large' ? new PayloadTooLargeError() : invalidBody();
    change.tag = read.value;
  }
  if (isGiven(suspect)) {
    if (typeof suspect !== 'boolean') throw invalidBody();
    change.suspect = suspect;
  }
  if (Object.keys(change).length === 0) throw new RequestCannotBeParsedError(v4Errors.nothingToUpdate.message);
  return change;
};
