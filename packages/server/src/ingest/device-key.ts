import { deviceKey, type Features } from '@whorl/engine';
import { hashBlockingKey } from './hash-blocking-key.ts';

/**
 * The device key of a visitor as the store knows it; null when the features give none. `scope`: that of the visitor's
 * identity, so that environments with visitors of their own have relatives of their own.
 */
export const deviceKeyOf = (scope: string, features: Features): string | null => {
  const key = deviceKey(features);
  return key === null ? null : hashBlockingKey(scope, key);
};
