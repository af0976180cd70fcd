import type { Components, MobileSection, MobileSectionName, Sdk } from '@whorl/contract';
import type { Facts } from '../facts.ts';
import { emptyVisit, NOON } from './facts-builder.ts';

/** Sections by name, as a client sends them. */
export type Sections = { [N in MobileSectionName]?: MobileSection<N> | undefined };

/** A device as a test knows it. */
export type Device = { platform: Sdk['platform']; sections: Sections };

const DAY = 24 * 60 * 60_000;
const SIGNER = '3b'.repeat(32);
const PIN = 'sRHdihwgkaib1P1gxX8HFszlD+7/gTfNvuAybgLPNis=';

/** What the app on a clean device says, whatever the device. */
const quiet = {
  location: { latitude: 48.1374, longitude: 11.5755, accuracy: 14, mock: false, providerApps: [] },
  net: {
    vpn: false,
    proxy: false,
    simCountries: ['de'],
    userAuthorities: false,
    pin: 'match',
    observedKeys: [PIN],
    pinnedKeys: [PIN],
  },
  reset: { oldestFile: NOON - 400 * DAY },
  devMode: { enabled: false, adb: false },
} satisfies Sections;

const app = {
  id: 'com.example.bank',
  version: '4.2.0',
  signers: [SIGNER],
  expectedSigners: [SIGNER],
  installer: 'com.android.vending',
  dataDir: '/data/user/0/com.example.bank',
  uid: 10_245,
  userId: 0,
  managedProfile: false,
  firstInstall: NOON - 30 * DAY,
};

/** A telephone of 2023, as it is sold. Forms of the fields: https://developer.android.com/reference/android/os/Build */
const pixel: Sections = {
  app,
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
    bootTime: NOON - 3 * DAY,
  },
  root: {
    packages: [],
    suPaths: [],
    magiskPaths: [],
    properties: { 'ro.debuggable': '0', 'ro.secure': '1', 'ro.boot.verifiedbootstate': 'green' },
    systemWritable: false,
  },
  emulator: {
    properties: {},
    sensors: [
      { name: 'ICM45631 Accelerometer', vendor: 'TDK-Invensense' },
      { name: 'Game Rotation Vector Sensor', vendor: 'Google' },
    ],
    files: [],
  },
  hook: { maps: [], ports: [], threads: ['main', 'RenderThread', 'OkHttp Dispatch'] },
  ...quiet,
};

const androidOf = (change: Sections): Device => ({ platform: 'android', sections: { ...pixel, ...change } });

const iphone: Sections = {
  app: { id: 'com.example.bank', version: '4.2.0', firstInstall: NOON - 30 * DAY },
  device: { manufacturer: 'Apple', model: 'iPhone15,4', osVersion: '18.5', bootTime: NOON - DAY, simulator: false },
  hook: { ports: [], threads: [], dylibs: [] },
  jailbreak: { paths: [], urlSchemes: [], sandboxWrite: false, fork: false },
  ...quiet,
  location: { latitude: 48.1374, longitude: 11.5755, accuracy: 9, simulated: false, accessory: false },
};

const iosOf = (change: Sections): Device => ({ platform: 'ios', sections: { ...iphone, ...change } });

/**
 * Devices in the form in which they would be recorded. None of them is a recording: their values follow what the makers
 * publish of builds, users and paths.
 */
export const mobileDevices = {
  'plain Android': androidOf({}),
  'Android with another system of the owner’s, without root': androidOf({
    device: {
      ...pixel.device,
      fingerprint: 'google/lineage_shiba/shiba:15/AP4A.250105.002/1:userdebug/test-keys',
      tags: 'test-keys',
      type: 'userdebug',
    },
    root: {
      ...pixel.root,
      suPaths: ['/system/xbin/su'],
      properties: { 'ro.debuggable': '1', 'ro.boot.verifiedbootstate': 'orange' },
      systemWritable: true,
    },
  }),
  'Android of a work profile': androidOf({
    app: { ...app, userId: 10, uid: 1_010_245, dataDir: '/data/user/10/com.example.bank', managedProfile: true },
  }),
  'Android with the maker’s doubled app': androidOf({
    app: { ...app, userId: 999, uid: 99_910_245, dataDir: '/data/user/999/com.example.bank' },
  }),
  'Android with the app in a container': androidOf({
    app: { ...app, dataDir: '/data/user/0/com.example.parallel/virtual/data/user/0/com.example.bank' },
  }),
  'Android with the app signed by others': androidOf({ app: { ...app, signers: ['C4:'.repeat(31).concat('C4')] } }),
  'Android with the app on adopted storage': androidOf({
    app: { ...app, dataDir: '/mnt/expand/57f8f4bc-abf4-655f-bf67-946fc0f9f25b/user/0/com.example.bank' },
  }),
  'rooted Android': androidOf({
    root: {
      packages: ['com.topjohnwu.magisk'],
      suPaths: ['/system/bin/su'],
      magiskPaths: ['/sbin/.magisk'],
      properties: { 'ro.debuggable': '0', 'ro.boot.verifiedbootstate': 'orange' },
      systemWritable: false,
    },
  }),
  'rooted Android that hides the app for root': androidOf({
    root: { ...pixel.root, magiskPaths: ['/data/adb/magisk.db'] },
  }),
  'emulator of Android Studio': androidOf({
    device: {
      manufacturer: 'Google',
      brand: 'google',
      model: 'sdk_gphone64_x86_64',
      hardware: 'ranchu',
      product: 'sdk_gphone64_x86_64',
      device: 'emu64xa',
      fingerprint: 'google/sdk_gphone64_x86_64/emu64xa:14/UE1A.230829.036/10928595:userdebug/dev-keys',
      tags: 'dev-keys',
      type: 'userdebug',
      abis: ['x86_64', 'arm64-v8a'],
      osVersion: '14',
    },
    root: { ...pixel.root, suPaths: ['/system/xbin/su'], properties: { 'ro.debuggable': '1' } },
    emulator: {
      properties: { 'ro.kernel.qemu': '1', 'ro.boot.qemu': '1' },
      sensors: [{ name: 'Goldfish 3-axis Accelerometer', vendor: 'The Android Open Source Project' }],
      files: ['/dev/goldfish_pipe'],
    },
  }),
  'emulator named like a telephone': androidOf({
    emulator: { properties: {}, sensors: [], files: ['/data/.bluestacks.prop'] },
  }),
  'television box without sensors': androidOf({ emulator: { properties: {}, sensors: [], files: [] } }),
  'Android under Frida': androidOf({
    hook: {
      maps: ['/data/local/tmp/re.frida.server/frida-agent-64.so'],
      ports: [27_042],
      threads: ['gum-js-loop', 'gmain'],
    },
  }),
  'Android with a busy port and GStreamer': androidOf({
    hook: { maps: [], ports: [27_042], threads: ['gmain', 'gdbus'] },
  }),
  'Android with a made-up place': androidOf({
    location: { ...quiet.location, mock: true, providerApps: ['com.lexa.fakegps'] },
  }),
  'Android with an app that could make up a place': androidOf({
    location: { ...quiet.location, providerApps: ['com.lexa.fakegps'] },
  }),
  'Android whose traffic is read': androidOf({
    net: {
      ...quiet.net,
      proxy: true,
      userAuthorities: true,
      pin: 'mismatch',
      observedKeys: ['r/mIkG3eEpVdm+u/ko/cwxzOMo1bk4TyHIlByibiA5E='],
    },
  }),
  'Android on an employer’s proxy': androidOf({ net: { ...quiet.net, proxy: true, userAuthorities: true } }),
  'plain iOS': iosOf({}),
  'jailbroken iOS': iosOf({
    jailbreak: {
      paths: ['/var/jb/Applications/Sileo.app', '/var/jb/usr/lib/TweakInject'],
      urlSchemes: ['sileo'],
      sandboxWrite: true,
      fork: false,
    },
    hook: { ports: [], threads: [], dylibs: ['/var/jb/usr/lib/ellekit/libinjector.dylib'] },
  }),
  'iOS with an app that took a jailbreak’s scheme': iosOf({
    jailbreak: { paths: [], urlSchemes: ['cydia://'], sandboxWrite: false, fork: false },
  }),
  'iOS under Frida': iosOf({
    hook: {
      ports: [27_042],
      threads: [],
      dylibs: ['/private/var/containers/Bundle/Application/x/Frameworks/FridaGadget.dylib'],
    },
  }),
  'iOS with a made-up place': iosOf({ location: { latitude: 40.7, longitude: -74, accuracy: 5, simulated: true } }),
  'simulator of iOS': iosOf({
    device: { model: 'arm64', osVersion: '18.5', simulator: true },
    jailbreak: { paths: ['/bin/bash', '/usr/sbin/sshd'], urlSchemes: [], sandboxWrite: true, fork: true },
  }),
} as const satisfies Record<string, Device>;

/** Sections that all went well, as components. */
export const componentsOfSections = (sections: Sections): Components =>
  Object.fromEntries(
    Object.entries(sections)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, { value, duration: 1 }]),
  ) as Components;

/** Facts of an app's visit; `change` replaces whole sections, `undefined` takes them away. */
export const appFacts = ({ platform, sections }: Device, change: Sections = {}): Facts => ({
  ...emptyVisit,
  platform,
  components: componentsOfSections({ ...sections, ...change }),
});

/** A device whose client sent nothing. */
export const silentApp = (platform: Sdk['platform']): Facts => appFacts({ platform, sections: {} });
