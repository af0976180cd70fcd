import Type, { type Static } from 'typebox';
import { closed } from './json.ts';
import type { Sdk } from './observation.ts';

/**
 * What a mobile client may send beside the sources of a browser, by section. Sections stand among the sources of an
 * observation, in the same form, and are checked in the same way: one that departs from its schema becomes an error of
 * that section and spoils nothing else.
 *
 * A client sends what it saw, and the server decides what that means. Every fact may be missing: a probe that could not
 * run leaves its fact out, and an empty list says that the probe ran and found nothing. Sections are closed, so that
 * nothing unheard of is kept.
 */

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const texts = (maxItems: number, maxLength = 256) =>
  Type.Optional(Type.Array(Type.String({ maxLength }), { maxItems }));
const number = (minimum: number, maximum: number) => Type.Optional(Type.Number({ minimum, maximum }));
const flag = Type.Optional(Type.Boolean());

/** Unix milliseconds, up to the last time that a `Date` can hold. */
const moment = number(0, 8.64e15);

/** System properties by name, as `getprop` prints them. Names begin with a letter, which keeps `__proto__` out. */
const properties = Type.Optional(
  Type.Record(Type.String({ pattern: '^[a-z][A-Za-z0-9._-]{0,95}$' }), Type.String({ maxLength: 256 }), {
    maxProperties: 64,
    additionalProperties: false,
  }),
);

const android = ['android'] as const;
const mobile = ['android', 'ios'] as const;
const ios = ['ios'] as const;

/** Every section: the platforms whose clients send it, and its form. */
export const mobileSections = {
  /** The app that collects. */
  app: {
    platforms: mobile,
    schema: closed({
      /** Package name or bundle id. */
      id: text(256),
      version: text(128),
      /** SHA-256 of the certificates that signed the app, hex, with or without colons. Android. */
      signers: texts(16, 128),
      /** The same of the certificates that its makers say they sign with. */
      expectedSigners: texts(16, 128),
      /** The package that installed the app: `com.android.vending` is Google Play. Android. */
      installer: text(256),
      /** `ApplicationInfo.dataDir`. */
      dataDir: text(1024),
      /** `android.os.Process.myUid()`: 100,000 times the user's id, and the app's. */
      uid: number(0, 2 ** 32),
      /** The id of the Android user whose profile the app runs in; 0 for the owner. */
      userId: number(0, 2 ** 16),
      /** `UserManager.isManagedProfile()`: a work profile. Android 11 and up. */
      managedProfile: flag,
      /** When the app was first installed. */
      firstInstall: moment,
    }),
  },
  /** The device and its system: on Android the fields of `android.os.Build`. */
  device: {
    platforms: mobile,
    schema: closed({
      manufacturer: text(128),
      brand: text(128),
      model: text(128),
      hardware: text(128),
      product: text(128),
      /** `Build.DEVICE`. */
      device: text(128),
      /** `Build.FINGERPRINT`. */
      fingerprint: text(256),
      tags: text(128),
      /** `Build.TYPE`: `user`, `userdebug` or `eng`. */
      type: text(32),
      abis: texts(16, 64),
      osVersion: text(64),
      bootTime: moment,
      /** Compiled for, and run by, the simulator of iOS. */
      simulator: flag,
    }),
  },
  /** Traces of root. */
  root: {
    platforms: android,
    schema: closed({
      /** Those of the packages asked for that are installed. */
      packages: texts(64),
      /** Where an `su` was found. */
      suPaths: texts(64),
      magiskPaths: texts(64),
      properties,
      /** Whether `/system` or `/vendor` is mounted for writing. */
      systemWritable: flag,
      /** What checks of a library in the app said that do not tell what they found, by their names in RootBeer. */
      checks: Type.Optional(
        Type.Record(Type.String({ pattern: '^[a-z][A-Za-z0-9._-]{0,63}$' }), Type.Boolean(), {
          maxProperties: 32,
          additionalProperties: false,
        }),
      ),
    }),
  },
  /** Traces of an emulator, besides those in `device`. */
  emulator: {
    platforms: android,
    schema: closed({
      properties,
      sensors: Type.Optional(
        Type.Array(closed({ name: Type.String({ maxLength: 128 }), vendor: Type.String({ maxLength: 128 }) }), {
          maxItems: 128,
        }),
      ),
      /** Those of the files asked for that exist. */
      files: texts(64),
    }),
  },
  /** Traces of instrumentation. */
  hook: {
    platforms: mobile,
    schema: closed({
      /** Files that are mapped into the process and do not belong to the app or the system (`/proc/self/maps`). */
      maps: texts(64, 512),
      /** Local TCP ports that answered. */
      ports: Type.Optional(Type.Array(Type.Number({ minimum: 0, maximum: 65_535 }), { maxItems: 64 })),
      /** Names of the process's threads. */
      threads: texts(256, 64),
      /** Loaded libraries outside of the app and the system. iOS. */
      dylibs: texts(64, 512),
    }),
  },
  /** Traces of a jailbreak. */
  jailbreak: {
    platforms: ios,
    schema: closed({
      /** Those of the paths asked for that exist. */
      paths: texts(128),
      /** Those of the URL schemes asked for that some app opens, without the colon. */
      urlSchemes: texts(64, 64),
      /** Whether a file could be written outside of the sandbox. */
      sandboxWrite: flag,
      /** Whether `fork()` worked. */
      fork: flag,
    }),
  },
  /** The place, where the app may read it. */
  location: {
    platforms: mobile,
    schema: closed({
      /** Degrees, WGS 84. */
      latitude: number(-90, 90),
      longitude: number(-180, 180),
      /** Radius of 68 % confidence, metres. */
      accuracy: number(0, 21_000_000),
      /** `Location.isMock()`. Android. */
      mock: flag,
      /** `CLLocationSourceInformation.isSimulatedBySoftware`. iOS 15 and up. */
      simulated: flag,
      /** `CLLocationSourceInformation.isProducedByAccessory`. */
      accessory: flag,
      /** Installed apps that may set the place. */
      providerApps: texts(64),
    }),
  },
  /** The network as the device sees it. */
  net: {
    platforms: mobile,
    schema: closed({
      /** A transport of the active network is a VPN. */
      vpn: flag,
      /** A proxy is set. */
      proxy: flag,
      /** Countries of the SIM cards, two letters. */
      simCountries: texts(4, 8),
      /** Whether the user has installed certificate authorities. */
      userAuthorities: flag,
      /** What pinning said of the connection to this server. */
      pin: Type.Optional(Type.Union([Type.Literal('match'), Type.Literal('mismatch'), Type.Literal('notChecked')])),
      /** SHA-256 of the public keys (SPKI) in the chain that was presented, base64 as in RFC 7469. */
      observedKeys: texts(8, 128),
      /** The same of the keys that the app's makers expect. */
      pinnedKeys: texts(16, 128),
    }),
  },
  /** What tells of the last reset. */
  reset: {
    platforms: mobile,
    schema: closed({
      /** The oldest time of those files that the system writes when it is set up. */
      oldestFile: moment,
    }),
  },
  /** Whether the device is set up for development. */
  devMode: { platforms: mobile, schema: closed({ enabled: flag, adb: flag }) },
  /** A statement of the platform's maker on app and device. It is kept; this server does not verify it. */
  attest: {
    platforms: mobile,
    schema: closed({
      kind: Type.Union([Type.Literal('playIntegrity'), Type.Literal('appAttest')]),
      token: Type.String({ maxLength: 16_384 }),
    }),
  },
} as const satisfies Record<string, { platforms: readonly Sdk['platform'][]; schema: Type.TSchema }>;

/** The name of a section. */
export type MobileSectionName = keyof typeof mobileSections;

/** The value that a section sends when all goes well. */
export type MobileSection<N extends MobileSectionName> = Static<(typeof mobileSections)[N]['schema']>;

/** All names of sections in the order of the registry. */
export const mobileSectionNames = Object.keys(mobileSections) as MobileSectionName[];
