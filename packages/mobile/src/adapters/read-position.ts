import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import { knownFields } from './known-text.ts';

/**
 * A place as modules give it. `mocked` is not in their types, but both systems' parts of
 * `@react-native-community/geolocation` send it, and those of `expo-location` on Android.
 */
export type PositionLike = {
  coords: { latitude: number; longitude: number; accuracy?: number | null };
  mocked?: boolean;
};

/** A place as the section has it. An accuracy that is negative means, on iOS, that the place is not valid. */
export const readPosition = (
  { coords, mocked }: PositionLike,
  platform: ClientSettings['platform'],
): MobileSection<'location'> | undefined => {
  const { latitude, longitude, accuracy } = coords;
  if (typeof accuracy === 'number' && accuracy < 0) return undefined;
  return knownFields<MobileSection<'location'>>({
    latitude,
    longitude,
    accuracy: accuracy ?? undefined,
    mock: platform === 'android' ? mocked : undefined,
    simulated: platform === 'ios' ? mocked : undefined,
  });
};
