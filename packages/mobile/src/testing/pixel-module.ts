import type { DeviceInfoLike } from '../adapters/device-info-readers.ts';

const text = (value: string) => async () => value;

/** A module that says what that of a Pixel 8 would. */
export const pixelModule: DeviceInfoLike = {
  getBundleId: () => 'com.example.bank',
  getVersion: () => '4.2.0',
  getInstallerPackageName: text('com.android.vending'),
  getFirstInstallTime: async () => 1_700_000_000_000,
  getModel: () => 'Pixel 8',
  getDeviceId: () => 'shiba',
  getBrand: () => 'google',
  getSystemVersion: () => '14',
  getManufacturer: text('Google'),
  getHardware: text('shiba'),
  getProduct: text('shiba'),
  getDevice: text('shiba'),
  getFingerprint: text('google/shiba/shiba:14/AP2A.240805.005/12025142:user/release-keys'),
  getTags: text('release-keys'),
  getType: text('user'),
  supportedAbis: async () => ['arm64-v8a'],
  isEmulator: async () => false,
};
