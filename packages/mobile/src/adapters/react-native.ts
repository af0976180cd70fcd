import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import { joinReaders, type Readers } from '../readers.ts';
import type { TokenStore } from '../token-store.ts';
import { type DeviceInfoLike, deviceInfoReaders } from './device-info-readers.ts';
import { engineReaders } from './engine-readers.ts';
import { type JailMonkeyLike, jailMonkeyReaders } from './jail-monkey-readers.ts';
import { type PositionLike, readPosition } from './read-position.ts';

/** What is used of `@react-native-community/netinfo`. */
export type NetInfoLike = { fetch(): Promise<{ type: string }> };

/** What is used of `@react-native-community/geolocation`. */
export type GeolocationLike = {
  getCurrentPosition(
    success: (position: PositionLike) => void,
    error?: (error: { code: number; message: string }) => void,
    options?: { timeout?: number; maximumAge?: number; enableHighAccuracy?: boolean },
  ): void;
};

/** What is used of `@react-native-async-storage/async-storage`. */
export type AsyncStorageLike = {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<void>;
};

/** The modules that an app has; what is missing is not read. A place is read only where its module is given. */
export type ReactNativeModules = {
  deviceInfo?: DeviceInfoLike | undefined;
  jailMonkey?: JailMonkeyLike | undefined;
  netInfo?: NetInfoLike | undefined;
  geolocation?: GeolocationLike | undefined;
};

/** Of an error of the geolocation, which is no `Error`, its number and words. */
const placeError = (told: unknown): Error => {
  const { code = '', message = 'no place' } = (told ?? {}) as { code?: unknown; message?: unknown };
  const error = new Error(`${message}`);
  error.name = `GeolocationError${code}`;
  return error;
};

/** The place that the system knows already, at most a minute old: an observation does not wait for a satellite. */
const readPlace = async (
  geolocation: GeolocationLike,
  platform: ClientSettings['platform'],
): Promise<MobileSection<'location'> | undefined> => {
  // What the callbacks are given is looked at outside of them: a throw in there would be the app's to catch.
  const position = await new Promise<PositionLike>((resolve, reject) => {
    const started: unknown = geolocation.getCurrentPosition(resolve, (error) => reject(placeError(error)), {
      timeout: 1_000,
      maximumAge: 60_000,
      enableHighAccuracy: false,
    });
    // By its type it gives nothing, but a version that gives a promise may reject it.
    Promise.resolve(started).catch(reject);
  });
  return readPosition(position, platform);
};

/** The module names one transport, and a VPN only where there is no other: that there is none cannot be told by it. */
const readNet = async (netInfo: NetInfoLike): Promise<MobileSection<'net'> | undefined> =>
  (await netInfo.fetch()).type === 'vpn' ? { vpn: true } : undefined;

/**
 * Readers by community modules of React Native, which the app imports and hands over. The geolocation's module asks for
 * permission itself where the app has not set its `skipPermissionRequests`. NOT YET RUN ON DEVICES: written after the
 * modules' published types and sources.
 */
export const reactNativeReaders = (
  { deviceInfo, jailMonkey, netInfo, geolocation }: ReactNativeModules,
  platform: ClientSettings['platform'],
): Readers =>
  joinReaders(
    engineReaders(),
    deviceInfo === undefined ? {} : deviceInfoReaders(deviceInfo, platform),
    jailMonkey === undefined ? {} : jailMonkeyReaders(jailMonkey, platform),
    netInfo === undefined ? {} : { net: () => readNet(netInfo) },
    geolocation === undefined ? {} : { location: () => readPlace(geolocation, platform) },
  );

/**
 * Keeps the token in `@react-native-async-storage/async-storage`, or whatever has its two methods. NOT YET RUN ON DEVICES.
 */
export const asyncStorageTokenStore = (storage: AsyncStorageLike, key = 'whorl.token'): TokenStore => ({
  read: () => storage.getItem(key),
  write: (token) => storage.setItem(key, token),
});
