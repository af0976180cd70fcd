import { randomBytes } from 'node:crypto';

/** A new id of a delivery: `wd_` and 16 hexadecimal digits. */
export const newDeliveryId = (): string => `wd_${randomBytes(8).toString('hex')}`;
