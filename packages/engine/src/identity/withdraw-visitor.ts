import { type AttributeName, attributeNames } from './attributes.ts';
import { countNewcomer, discountAddress, type Raise } from './frequencies.ts';
import { earlierValues, lastShown, type Profile } from './profile.ts';

const addressAt = attributeNames.indexOf('address' satisfies AttributeName);

/**
 * What to take back when a visitor is forgotten: itself, out of the counts of what it showed last and of every address that is
 * remembered. Nothing tells with which of them it was counted, nor how far it was then believed to be new: so each loses one, and
 * a sum that falls below nothing is gone. Other values that it showed before leave the counts with time.
 */
export const withdrawVisitor = (profile: Profile): Raise[] => {
  const shown = lastShown(profile);
  const { values } = shown;
  const elsewhere = earlierValues(profile, addressAt).filter((address) => address !== values[addressAt]);
  // Nobody is the first of a value here: how many values there are is not known to fall.
  return [...countNewcomer(() => 1, shown, -1), ...elsewhere.flatMap((address) => discountAddress(shown, address))];
};
