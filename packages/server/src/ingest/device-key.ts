import { deviceKey, type Features } from '@whorl/engine';
import { scopedKey } from '../storage/scoped-key.ts';

/**
 * The device key of a visitor as the store knows it; null when the features give none. `scopeHash`: of the visitor's
 * identity scope, so that environments with visitors of their own have relatives of their own.
 */
export const deviceKeyOf = (scopeHash: number, features: Features): number | null => {
  const key = deviceKey(features);
  return key === null ? null : scopedKey(scopeHash, key);
};
