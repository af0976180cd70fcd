import { countNewcomer, type Raise } from './frequencies.ts';
import { lastShown, type Profile } from './profile.ts';

/**
 * What to take back when a visitor is forgotten: itself, out of the counts of what it showed last. What it showed before is
 * in no profile any more, and leaves the counts with time.
 */
export const withdrawVisitor = (profile: Profile): Raise[] =>
  // Nobody is the first of a value here: how many values there are is not known to fall.
  countNewcomer(() => 1, lastShown(profile), -1);
