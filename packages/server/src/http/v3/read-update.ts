import { OBSERVATION_LIMITS } from '@whorl/contract';
import { isWellFormed } from '../../ingest/is-well-formed.ts';
import { readJsonObject } from '../../ingest/read-json.ts';
import { readTag } from '../../ingest/read-tag.ts';
import type { EventChange } from '../server-api/update-event.ts';
import { RequestCannotBeParsedError } from './errors.ts';

/** Clients that know no missing fields write null for them. */
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * The change that the body of `PUT /events/{request_id}` asks for. Fields that are not known are passed over.
 *
 * @param body the bytes as they came, undefined where none did
 */
export const readUpdate = (body: unknown): EventChange => {
  const parsed = readJsonObject(body);
  if (parsed === undefined) throw new RequestCannotBeParsedError('invalidBody');
  const { linkedId, tag, suspect } = parsed;
  const change: EventChange = {};
  if (isGiven(linkedId)) {
    if (typeof linkedId !== 'string' || !isWellFormed(linkedId)) throw new RequestCannotBeParsedError('invalidBody');
    if (linkedId.length > OBSERVATION_LIMITS.linkedIdLength) throw new RequestCannotBeParsedError('linkedIdTooLong');
    change.linkedId = linkedId;
  }
  if (isGiven(tag)) {
    const read = readTag(tag);
    if (!read.ok) throw new RequestCannotBeParsedError('invalidBody');
    change.tag = read.value;
  }
  if (isGiven(suspect)) {
    if (typeof suspect !== 'boolean') throw new RequestCannotBeParsedError('invalidBody');
    change.suspect = suspect;
  }
  if (Object.keys(change).length === 0) throw new RequestCannotBeParsedError('nothingToUpdate');
  return change;
};
