import type { SignalData } from '@whorl/contract';

/** The zone that a device is in, or undefined where it has shared no place: both versions show the whole or nothing. */
export const nearZone = ({
  id,
  precisionRadius,
  confidence,
}: SignalData['proximity']): Required<SignalData['proximity']> | undefined =>
  id === undefined || precisionRadius === undefined || confidence === undefined
    ? undefined
    : { id, precisionRadius, confidence };
