import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import { knownFields, knownFlag, knownNumber } from './known-values.ts';

/**
 * A place as modules give it. `mocked` is not in their types, but both systems' parts of
 * `@react-native-community/geolocation` send it, and those of `expo-location` on Android.
 */
export type PositionLike = {
  coords: { latitude: number; longitude: number; accuracy?: number | null };
  mocked?: boolean;
};

/** Half of the earth's circumference in metres, and more: no place is less sure. */
const LEAST_SURE = 21_000_000;

/**
 * A place as the section has it; undefined where the module gave none. An accuracy that is negative means, on iOS, that the
 * place is not valid.
 */
export const readPosition = (
  { coords, mocked }: PositionLike,
  platform: ClientSettings['platform'],
): MobileSection<'location'> | undefined => {
  const latitude = knownNumber(coords.latitude, -90, 90);
  const longitude = knownNumber(coords.longitude, -180, 180);
  const { accuracy } = coords;
  if (latitude === undefined || longitude === undefined) return undefined;
  if (typeof accuracy === 'number' && accuracy < 0) return undefined;
  return knownFields<MobileSection<'location'>>({
    latitude,
    longitude,
    accuracy: knownNumber(accuracy, 0, LEAST_SURE),
    mock: platform === 'android' ? knownFlag(mocked) : undefined,
    simulated: platform === 'ios' ? knownFlag(mocked) : undefined,
  });
};
