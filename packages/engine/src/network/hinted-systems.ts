import type { ClaimedClient } from './claimed-client.ts';

/** The systems that client hints may name, by the system that a user agent string claims. */
export const hintedSystems: Partial<Record<ClaimedClient['os'], readonly string[]>> = {
  Windows: ['Windows'],
  Mac: ['macOS'],
  Android: ['Android'],
  'Chrome OS': ['Chrome OS', 'Chromium OS'],
  // A phone's request for desktop pages keeps the hint of some browsers.
  Linux: ['Linux', 'Android'],
};
