import { describe, expect, it } from 'vitest';
import { pixelModule } from '../testing/pixel-module.ts';
import { sectionsRead } from '../testing/sections-read.ts';
import type { DeviceInfoLike } from './device-info-readers.ts';
import type { JailMonkeyLike } from './jail-monkey-readers.ts';
import { asyncStorageTokenStore, type GeolocationLike, reactNativeReaders } from './react-native.ts';

const text = (value: string) => async () => value;

const iphone: DeviceInfoLike = {
  ...pixelModule,
  getInstallerPackageName: text('AppStore'),
  getFirstInstallTime: async () => -1,
  getModel: () => 'iPhone 15',
  getDeviceId: () => 'iPhone15,4',
  getBrand: () => 'Apple',
  getManufacturer: text('Apple'),
  getSystemVersion: () => '18.5',
  getHardware: text('unknown'),
};

const rootBeer = { detectRootManagementApps: true, checkForSuBinary: false };

const quiet: JailMonkeyLike = {
  isJailBroken: () => false,
  jailBrokenMessage: () => '',
  AdbEnabled: () => true,
  isDevelopmentSettingsMode: async () => true,
};

const at = (position: Parameters<Parameters<GeolocationLike['getCurrentPosition']>[0]>[0]): GeolocationLike => ({
  getCurrentPosition: (success) => success(position),
});

const place = { latitude: 48.1, longitude: 11.5, accuracy: 20 };

describe('the readers of React Native', () => {
  it('read an Android device', async () => {
    const modules = { deviceInfo: pixelModule, netInfo: { fetch: async () => ({ type: 'vpn' }) } };
    expect(await sectionsRead(reactNativeReaders(modules, 'android'), 'android')).toEqual({
      app: {
        id: 'com.example.bank',
        version: '4.2.0',
        installer: 'com.android.vending',
        firstInstall: 1_700_000_000_000,
      },
      device: {
        manufacturer: 'Google',
        brand: 'google',
        model: 'Pixel 8',
        hardware: 'shiba',
        product: 'shiba',
        device: 'shiba',
        fingerprint: 'google/shiba/shiba:14/AP2A.240805.005/12025142:user/release-keys',
        tags: 'release-keys',
        type: 'user',
        abis: ['arm64-v8a'],
        osVersion: '14',
      },
      net: { vpn: true },
    });
  });

  it('read an iPhone', async () => {
    expect(await sectionsRead(reactNativeReaders({ deviceInfo: iphone }, 'ios'), 'ios')).toEqual({
      app: { id: 'com.example.bank', version: '4.2.0', installer: 'AppStore' },
      device: { manufacturer: 'Apple', brand: 'Apple', model: 'iPhone15,4', osVersion: '18.5', simulator: false },
    });
  });

  it('do not take another transport for the absence of a VPN', async () => {
    const modules = { netInfo: { fetch: async () => ({ type: 'wifi' }) } };
    expect(await sectionsRead(reactNativeReaders(modules, 'android'), 'android')).toEqual({});
  });

  it.each<[string, Partial<JailMonkeyLike>]>([
    ['3', { rootedDetectionMethods: () => ({ jailMonkey: true, rootBeer }) }],
    ['2', { androidRootedDetectionMethods: { rootBeer } }],
  ])('read the checks of jail-monkey %s on Android', async (_, methods) => {
    const readers = reactNativeReaders({ jailMonkey: { ...quiet, ...methods } }, 'android');
    expect(await sectionsRead(readers, 'android')).toEqual({
      root: { checks: rootBeer },
      devMode: { enabled: true, adb: true },
    });
  });

  it.each([undefined, null, true, {}, { 'a b': true, x: 1 }])(
    'read no root where no checks are told: %j',
    async (none) => {
      const readers = reactNativeReaders(
        { jailMonkey: { ...quiet, rootedDetectionMethods: () => ({ rootBeer: none }) } },
        'android',
      );
      expect(await sectionsRead(readers, 'android')).not.toHaveProperty('root');
    },
  );

  it('read what jail-monkey found of a jailbreak', async () => {
    const message =
      ',#checkPaths,[,/private/var/stash],#checkSchemes,[,cydia://],#canFork,#checkSymlinks,[,/Applications],#checkDylibs,[,FridaGadget]';
    const jailMonkey = { ...quiet, isJailBroken: () => true, jailBrokenMessage: () => message };
    expect(await sectionsRead(reactNativeReaders({ jailMonkey }, 'ios'), 'ios')).toEqual({
      jailbreak: { paths: ['/private/var/stash'], urlSchemes: ['cydia://'], sandboxWrite: false, fork: true },
      hook: { dylibs: ['FridaGadget'] },
    });
    expect(await sectionsRead(reactNativeReaders({ jailMonkey: quiet }, 'ios'), 'ios')).toEqual({
      jailbreak: { paths: [], urlSchemes: [], sandboxWrite: false, fork: false },
      hook: { dylibs: [] },
    });
  });

  it('read the place, and whether it is made up', async () => {
    const android = reactNativeReaders({ geolocation: at({ coords: place, mocked: true }) }, 'android');
    expect(await sectionsRead(android, 'android')).toEqual({ location: { ...place, mock: true } });
    const ios = reactNativeReaders({ geolocation: at({ coords: place, mocked: false }) }, 'ios');
    expect(await sectionsRead(ios, 'ios')).toEqual({ location: { ...place, simulated: false } });
    const unsaid = reactNativeReaders({ geolocation: at({ coords: { ...place, accuracy: null } }) }, 'ios');
    expect(await sectionsRead(unsaid, 'ios')).toEqual({ location: { latitude: 48.1, longitude: 11.5 } });
    const invalid = reactNativeReaders({ geolocation: at({ coords: { ...place, accuracy: -1 } }) }, 'ios');
    expect(await sectionsRead(invalid, 'ios')).toEqual({});
  });

  it('fail with the error of the module', async () => {
    const geolocation: GeolocationLike = {
      getCurrentPosition: (_, error) => error?.({ code: 1, message: 'denied' }),
    };
    const readers = reactNativeReaders({ geolocation }, 'ios');
    await expect(readers.location?.()).rejects.toMatchObject({ name: 'GeolocationError1', message: 'denied' });
  });

  it('read the zone of the clock', async () => {
    const { timezone, timezoneOffset } = reactNativeReaders({}, 'ios');
    expect(await timezone?.()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(await timezoneOffset?.()).toHaveProperty('now', new Date().getTimezoneOffset());
  });
});

describe('the token in an AsyncStorage', () => {
  it('is written and read back', async () => {
    const kept = new Map<string, string>();
    const store = asyncStorageTokenStore({
      getItem: async (key) => kept.get(key) ?? null,
      setItem: async (key, value) => void kept.set(key, value),
    });
    expect(await store.read()).toBeNull();
    await store.write('w2.x');
    expect(await store.read()).toBe('w2.x');
    expect([...kept.keys()]).toEqual(['whorl.token']);
  });
});
