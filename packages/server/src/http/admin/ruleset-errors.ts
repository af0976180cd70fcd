import { adminErrors } from '@whorl/contract';
import { AdminError } from './errors.ts';

export class RulesetNotFoundError extends AdminError {
  constructor() {
    super(adminErrors.rulesetNotFound);
  }
}

export class TooManyRulesetsError extends AdminError {
  constructor() {
    super(adminErrors.tooManyRulesets);
  }
}

export class DryRunUnderWayError extends AdminError {
  constructor() {
    super(adminErrors.dryRunUnderWay);
  }
}
