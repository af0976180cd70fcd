import type { MobileSection } from '@whorl/contract';
import type { ClientSettings } from '../client.ts';
import type { Readers } from '../readers.ts';
import { knownFields, knownText, knownTime } from './known-text.ts';

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

const readApp = async (info: DeviceInfoLike): Promise<MobileSection<'app'>> => ({
  id: info.getBundleId(),
  ...knownFields<Omit<MobileSection<'app'>, 'id'>>({
    version: knownText(info.getVersion()),
    installer: knownText(await info.getInstallerPackageName()),
    firstInstall: knownTime(await info.getFirstInstallTime()),
  }),
});

const readAndroid = async (info: DeviceInfoLike): Promise<MobileSection<'device'>> =>
  knownFields<MobileSection<'device'>>({
    manufacturer: knownText(await info.getManufacturer()),
    brand: knownText(info.getBrand()),
    model: knownText(info.getModel()),
    hardware: knownText(await info.getHardware()),
    product: knownText(await info.getProduct()),
    device: knownText(await info.getDevice()),
    fingerprint: knownText(await info.getFingerprint()),
    tags: knownText(await info.getTags()),
    type: knownText(await info.getType()),
    abis: await info.supportedAbis(),
    osVersion: knownText(info.getSystemVersion()),
  });

/** On iOS the id is the model by its maker's name (`iPhone15,4`), and only there is an emulator known for certain. */
const readIos = async (info: DeviceInfoLike): Promise<MobileSection<'device'>> =>
  knownFields<MobileSection<'device'>>({
    manufacturer: knownText(await info.getManufacturer()),
    brand: knownText(info.getBrand()),
    model: knownText(info.getDeviceId()),
    osVersion: knownText(info.getSystemVersion()),
    simulator: await info.isEmulator(),
  });

/** Reads app and device by `react-native-device-info`. NOT YET RUN ON DEVICES. */
export const deviceInfoReaders = (info: DeviceInfoLike, platform: ClientSettings['platform']): Readers => ({
  app: () => readApp(info),
  device: () => (platform === 'ios' ? readIos(info) : readAndroid(info)),
});
