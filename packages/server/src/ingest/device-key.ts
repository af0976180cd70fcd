import { deviceKey, type Features } from '@whorl/engine';
import { hashBlockingKey } from './hash-blocking-key.ts';

/**
 * The device key of a visitor as the store knows it; null when the features give none. It leads across environments even
 * where each has visitors of its own: a device is one, whatever it is recognised as.
 */
export const deviceKeyOf = (workspaceId: string, features: Features): string | null => {
  const key = deviceKey(features);
  return key === null ? null : hashBlockingKey(workspaceId, key);
};
