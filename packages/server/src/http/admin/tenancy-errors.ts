import { adminErrors } from '@whorl/contract';
import { AdminError } from './errors.ts';

export class TooManyEnvironmentsError extends AdminError {
  constructor() {
    super(adminErrors.tooManyEnvironments);
  }
}

export class TooManyKeysError extends AdminError {
  constructor() {
    super(adminErrors.tooManyKeys);
  }
}
