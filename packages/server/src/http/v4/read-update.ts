import { v4Errors } from '@whorl/contract';
import { type ChangeFault, readChange } from '../server-api/read-change.ts';
import type { EventChange } from '../server-api/update-event.ts';
import { PayloadTooLargeError, RequestCannotBeParsedError, type V4Error } from './errors.ts';

const errorOf = (fault: ChangeFault): V4Error => {
  switch (fault) {
    case 'linked-id-too-long':
      return new RequestCannotBeParsedError(v4Errors.linkedIdTooLong.message);
    case 'nothing-to-update':
      return new RequestCannotBeParsedError(v4Errors.nothingToUpdate.message);
    case 'invalid-body':
      return new RequestCannotBeParsedError(v4Errors.invalidBody.message);
    case 'tag-too-large':
      return new PayloadTooLargeError();
  }
};

/**
 * The change that the body of `PATCH /v4/events/{event_id}` asks for, in the form of `V4EventUpdate`. Throws the v4 error
 * of what is wrong with it.
 */
export const readUpdate = (body: unknown): EventChange => {
  const read = readChange(body, { linkedId: 'linked_id', tag: 'tags' });
  if (!read.ok) throw errorOf(read.fault);
  return read.value;
};
