import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import type { Readers, Report } from '../readers.ts';
import { knownFlag, knownText, knownTexts, knownTime } from './known-values.ts';
import { readFields } from './read-fields.ts';

type Text = () => Promise<string>;

/** What is used of `react-native-device-info`. */
export type DeviceInfoLike = {
  getBundleId(): string;
  getVersion(): string;
  getInstallerPackageName: Text;
  getFirstInstallTime: () => Promise<number>;
  getModel(): string;
  getDeviceId(): string;
  getBrand(): string;
  getSystemVersion(): string;
  getManufacturer: Text;
  getHardware: Text;
  getProduct: Text;
  getDevice: Text;
  getFingerprint: Text;
  getTags: Text;
  getType: Text;
  supportedAbis: () => Promise<string[]>;
  isEmulator: () => Promise<boolean>;
};

// Every call is awaited, also one that answers at once by its type: another version's may reject, which nobody else would catch.

const readApp = (info: DeviceInfoLike, report: Report<MobileSection<'app'>> | undefined) =>
  readFields<MobileSection<'app'>>(
    {
      id: async () => knownText(await info.getBundleId(), 256),
      version: async () => knownText(await info.getVersion()),
      installer: async () => knownText(await info.getInstallerPackageName(), 256),
      firstInstall: async () => knownTime(await info.getFirstInstallTime()),
    },
    report,
  );

type Device = MobileSection<'device'>;

const readAndroid = (info: DeviceInfoLike, report: Report<Device> | undefined) =>
  readFields<Device>(
    {
      manufacturer: async () => knownText(await info.getManufacturer()),
      brand: async () => knownText(await info.getBrand()),
      model: async () => knownText(await info.getModel()),
      hardware: async () => knownText(await info.getHardware()),
      product: async () => knownText(await info.getProduct()),
      device: async () => knownText(await info.getDevice()),
      fingerprint: async () => knownText(await info.getFingerprint(), 256),
      tags: async () => knownText(await info.getTags()),
      type: async () => knownText(await info.getType(), 32),
      abis: async () => knownTexts(await info.supportedAbis(), 16, 64),
      osVersion: async () => knownText(await info.getSystemVersion(), 64),
    },
    report,
  );

/** On iOS the id is the model by its maker's name (`iPhone15,4`), and only there is an emulator known for certain. */
const readIos = (info: DeviceInfoLike, report: Report<Device> | undefined) =>
  readFields<Device>(
    {
      manufacturer: async () => knownText(await info.getManufacturer()),
      brand: async () => knownText(await info.getBrand()),
      model: async () => knownText(await info.getDeviceId()),
      osVersion: async () => knownText(await info.getSystemVersion(), 64),
      simulator: async () => knownFlag(await info.isEmulator()),
    },
    report,
  );

/** Reads app and device by `react-native-device-info`. NOT YET RUN ON DEVICES. */
export const deviceInfoReaders = (info: DeviceInfoLike, platform: ClientSettings['platform']): Readers => ({
  app: (report) => readApp(info, report),
  device: (report) => (platform === 'ios' ? readIos(info, report) : readAndroid(info, report)),
});
