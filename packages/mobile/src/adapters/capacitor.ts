import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import { joinReaders, type Readers } from '../readers.ts';
import type { TokenStore } from '../token-store.ts';
import { engineReaders } from './engine-readers.ts';
import { knownFields, knownFlag, knownText } from './known-values.ts';
import { type PositionLike, readPosition } from './read-position.ts';

/** What is used of `@capacitor/device`. */
export type CapacitorDeviceLike = {
  getInfo(): Promise<{ model: string; manufacturer: string; osVersion: string; isVirtual: boolean }>;
};

/** What is used of `@capacitor/app`. */
export type CapacitorAppLike = { getInfo(): Promise<{ id: string; version: string }> };

/** What is used of `@capacitor/geolocation`. */
export type CapacitorGeolocationLike = {
  checkPermissions(): Promise<{ location: string; coarseLocation: string }>;
  getCurrentPosition(options?: {
    enableHighAccuracy?: boolean;
    timeout?: number;
    maximumAge?: number;
  }): Promise<PositionLike>;
};

/** What is used of `@capacitor/preferences`. */
export type PreferencesLike = {
  get(options: { key: string }): Promise<{ value: string | null }>;
  set(options: { key: string; value: string }): Promise<void>;
};

/** The plugins that an app has; what is missing is not read. A place is read only where its plugin is given. */
export type CapacitorPlugins = {
  device?: CapacitorDeviceLike | undefined;
  app?: CapacitorAppLike | undefined;
  geolocation?: CapacitorGeolocationLike | undefined;
};

const readApp = async (app: CapacitorAppLike): Promise<MobileSection<'app'>> => {
  const { id, version } = await app.getInfo();
  return knownFields<MobileSection<'app'>>({ id: knownText(id, 256), version: knownText(version) });
};

/** `isVirtual` is compiled in on iOS; on Android it is a guess from names, which the server makes itself. */
const readDevice = async (
  device: CapacitorDeviceLike,
  platform: ClientSettings['platform'],
): Promise<MobileSection<'device'>> => {
  const { model, manufacturer, osVersion, isVirtual } = await device.getInfo();
  return knownFields<MobileSection<'device'>>({
    model: knownText(model),
    manufacturer: knownText(manufacturer),
    osVersion: knownText(osVersion, 64),
    simulator: platform === 'ios' ? knownFlag(isVirtual) : undefined,
  });
};

/** Without a permission that was given before nothing is read: the plugin itself would show a prompt. */
const readPlace = async (
  geolocation: CapacitorGeolocationLike,
  platform: ClientSettings['platform'],
): Promise<MobileSection<'location'> | undefined> => {
  const { location, coarseLocation } = await geolocation.checkPermissions();
  if (location !== 'granted' && coarseLocation !== 'granted') return undefined;
  const options = { enableHighAccuracy: false, timeout: 1_000, maximumAge: 60_000 };
  return readPosition(await geolocation.getCurrentPosition(options), platform);
};

/**
 * Readers by official plugins of Capacitor, which the app imports and hands over. No plugin among them tells of root, a
 * jailbreak, hooks or a VPN: an app joins readers of its own. NOT YET RUN ON DEVICES: written after the plugins' published
 * types and sources.
 */
export const capacitorReaders = (
  { device, app, geolocation }: CapacitorPlugins,
  platform: ClientSettings['platform'],
): Readers =>
  joinReaders(
    engineReaders(),
    device === undefined ? {} : { device: () => readDevice(device, platform) },
    app === undefined ? {} : { app: () => readApp(app) },
    geolocation === undefined ? {} : { location: () => readPlace(geolocation, platform) },
  );

/** Keeps the token in `@capacitor/preferences`. NOT YET RUN ON DEVICES. */
export const preferencesTokenStore = (preferences: PreferencesLike, key = 'whorl.token'): TokenStore => ({
  read: async () => (await preferences.get({ key })).value,
  write: (value) => preferences.set({ key, value }),
});
