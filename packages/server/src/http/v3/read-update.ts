import { type ChangeFault, readChange } from '../server-api/read-change.ts';
import type { EventChange } from '../server-api/update-event.ts';
import { RequestCannotBeParsedError, type V3Error } from './errors.ts';

const errorOf = (fault: ChangeFault): V3Error => {
  switch (fault) {
    case 'linked-id-too-long':
      return new RequestCannotBeParsedError('linkedIdTooLong');
    case 'nothing-to-update':
      return new RequestCannotBeParsedError('nothingToUpdate');
    case 'invalid-body':
    case 'tag-too-large':
      return new RequestCannotBeParsedError('invalidBody');
  }
};

/** The change that the body of `PUT /events/{request_id}` asks for. Throws the v3 error of what is wrong with it. */
export const readUpdate = (body: unknown): EventChange => {
  const read = readChange(body, { linkedId: 'linkedId', tag: 'tag' });
  if (!read.ok) throw errorOf(read.fault);
  return read.value;
};
