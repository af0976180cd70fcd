import { OBSERVATION_LIMITS } from '@whorl/contract';
import { isWellFormed } from '../../ingest/is-well-formed.ts';
import { readJsonObject } from '../../ingest/read-json.ts';
import { readTag } from '../../ingest/read-tag.ts';
import type { EventChange } from './update-event.ts';

/** What the fields of an update are called; `suspect` is called so in every version. */
export type ChangeNames = { linkedId: string; tag: string };

/** What is wrong with an update. Each version of the API has its own words for these. */
export type ChangeFault = 'invalid-body' | 'linked-id-too-long' | 'tag-too-large' | 'nothing-to-update';

export type ChangeOutcome = { ok: true; value: EventChange } | { ok: false; fault: ChangeFault };

/** Clients that know no missing fields write null for them. */
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

const refuse = (fault: ChangeFault): ChangeOutcome => ({ ok: false, fault });

/**
 * The change that the body of an update asks for. Fields that are not known are passed over.
 *
 * @param body the bytes as they came, undefined where none did
 */
export const readChange = (body: unknown, names: ChangeNames): ChangeOutcome => {
  const parsed = readJsonObject(body);
  if (parsed === undefined) return refuse('invalid-body');
  const { [names.linkedId]: linkedId, [names.tag]: tag, suspect } = parsed;
  const change: EventChange = {};
  if (isGiven(linkedId)) {
    if (typeof linkedId !== 'string' || !isWellFormed(linkedId)) return refuse('invalid-body');
    if (linkedId.length > OBSERVATION_LIMITS.linkedIdLength) return refuse('linked-id-too-long');
    change.linkedId = linkedId;
  }
  if (isGiven(tag)) {
    const read = readTag(tag);
    if (!read.ok) return refuse(read.fault === 'too-large' ? 'tag-too-large' : 'invalid-body');
    change.tag = read.value;
  }
  if (isGiven(suspect)) {
    if (typeof suspect !== 'boolean') return refuse('invalid-body');
    change.suspect = suspect;
  }
  return Object.keys(change).length === 0 ? refuse('nothing-to-update') : { ok: true, value: change };
};
