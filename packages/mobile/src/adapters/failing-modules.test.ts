import { mobileSections } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { collect } from '../collect.ts';
import type { Readers } from '../readers.ts';
import { engineRuntime } from '../runtime.ts';
import { pixelModule } from '../testing/pixel-module.ts';
import { capacitorReaders } from './capacitor.ts';
import type { DeviceInfoLike } from './device-info-readers.ts';
import type { JailMonkeyLike } from './jail-monkey-readers.ts';
import { reactNativeReaders } from './react-native.ts';

/** Answers for either platform. */
const phone: DeviceInfoLike = { ...pixelModule, getDeviceId: () => 'iPhone15,4' };

const monkey: JailMonkeyLike = {
  isJailBroken: () => true,
  jailBrokenMessage: () => '#canFork',
  AdbEnabled: () => true,
  isDevelopmentSettingsMode: async () => true,
};

/** Ways in which a call of a module goes wrong. */
const failures: Record<string, unknown> = {
  throws: () => {
    throw new Error('no such thing');
  },
  rejects: () => Promise.reject('no such thing'),
  hangs: () => new Promise(() => undefined),
  'is missing': undefined,
  'gives a number': () => -7,
  'gives an object': async () => ({ toString: null }),
  'gives null': () => null,
  'gives a list of others': async () => [7, null, 'x'.repeat(1_000)],
  'gives far too long a text': () => 'x'.repeat(100_000),
};

const compiled = new Map(Object.entries(mobileSections).map(([name, { schema }]) => [name, Compile(schema)]));

/** What of sections would be sent now, each value held against the wire. */
const sent = async (readers: Readers): Promise<Record<string, unknown>> => {
  const { readings } = collect(readers, engineRuntime());
  await new Promise((resolve) => setTimeout(resolve, 5));
  return Object.fromEntries(
    Object.entries(readings()).map(([name, reading]) => {
      const checks = compiled.get(name);
      if (checks !== undefined && 'v' in reading) expect(checks.Errors(reading.v), name).toEqual([]);
      return [name, 'v' in reading ? reading.v : 'e' in reading ? { error: reading.e[0] } : undefined];
    }),
  );
};

const withoutField = (section: unknown, field: string): object =>
  Object.fromEntries(Object.entries(section as object).filter(([name]) => name !== field));

/** By platform, what each call of `react-native-device-info` is the field of. */
const fieldsOfCalls = {
  android: {
    getBundleId: 'app.id',
    getVersion: 'app.version',
    getInstallerPackageName: 'app.installer',
    getFirstInstallTime: 'app.firstInstall',
    getModel: 'device.model',
    getBrand: 'device.brand',
    getSystemVersion: 'device.osVersion',
    getManufacturer: 'device.manufacturer',
    getHardware: 'device.hardware',
    getProduct: 'device.product',
    getDevice: 'device.device',
    getFingerprint: 'device.fingerprint',
    getTags: 'device.tags',
    getType: 'device.type',
    supportedAbis: 'device.abis',
  },
  ios: { getDeviceId: 'device.model', isEmulator: 'device.simulator', getBundleId: 'app.id' },
} as const;

const calls = Object.entries(fieldsOfCalls).flatMap(([platform, fields]) =>
  Object.entries(fields).map(
    ([call, field]) => [call, platform as 'android' | 'ios', ...(field.split('.') as [string, string])] as const,
  ),
);

describe('of react-native-device-info, one call that fails', () => {
  it.each(calls)('%s on %s, costs its own field alone', async (call, platform, section, field) => {
    const whole = await sent(reactNativeReaders({ deviceInfo: phone }, platform));
    expect(whole[section]).toHaveProperty(field);
    for (const [way, broken] of Object.entries(failures)) {
      const module: DeviceInfoLike = { ...phone, [call]: broken };
      const read = await sent(reactNativeReaders({ deviceInfo: module }, platform));
      const kept = withoutField(read[section], field);
      expect(kept, way).toEqual(withoutField(whole[section], field));
      // A list keeps what of it is of its type.
      const left = call === 'supportedAbis' && way === 'gives a list of others' ? [] : undefined;
      expect((read[section] as Record<string, unknown>)[field], way).toEqual(left);
    }
  });

  it.each([
    ['throws', { error: 'Error' }],
    ['rejects', { error: 'Error' }],
    ['is missing', { error: 'TypeError' }],
    ['hangs', { error: 'Timeout' }],
    ['gives a number', {}],
  ])('every call: %s', async (way, expected) => {
    const module = Object.fromEntries(Object.keys(phone).map((call) => [call, failures[way]]));
    const read = await sent(reactNativeReaders({ deviceInfo: module as never }, 'android'));
    expect([read.app, read.device]).toEqual([expected, expected]);
  });
});

describe('of jail-monkey, a call that fails', () => {
  it.each(Object.entries(failures))('%s: costs half of devMode', async (_, broken) => {
    const [one, two] = [
      await sent(reactNativeReaders({ jailMonkey: { ...monkey, AdbEnabled: broken as never } }, 'android')),
      await sent(
        reactNativeReaders({ jailMonkey: { ...monkey, isDevelopmentSettingsMode: broken as never } }, 'android'),
      ),
    ];
    expect([one.devMode, two.devMode]).toEqual([{ enabled: true }, { adb: true }]);
  });

  it.each(Object.entries(failures).filter(([way]) => !way.includes('text')))(
    '%s: is no device without a jailbreak',
    async (_, broken) => {
      for (const call of ['isJailBroken', 'jailBrokenMessage']) {
        const read = await sent(reactNativeReaders({ jailMonkey: { ...monkey, [call]: broken } }, 'ios'));
        expect([read.jailbreak, read.hook]).toEqual([{ error: expect.any(String) }, { error: expect.any(String) }]);
      }
    },
  );

  it('gives no more of what was found than the wire takes', async () => {
    const many = Array.from({ length: 500 }, (_, at) => `/p${at}`).join(',');
    const message = `#checkPaths,[,${many},${'x'.repeat(300)}],#checkSchemes,[,${many}],#checkDylibs,[,${many}]`;
    const read = await sent(reactNativeReaders({ jailMonkey: { ...monkey, jailBrokenMessage: () => message } }, 'ios'));
    const { paths, urlSchemes } = read.jailbreak as { paths: string[]; urlSchemes: string[] };
    expect([paths.length, urlSchemes.length]).toEqual([128, 64]);
  });
});

describe('of other modules, a call that fails', () => {
  it.each(Object.entries(failures))('%s: costs its own section alone', async (_, broken) => {
    const modules = {
      deviceInfo: phone,
      netInfo: { fetch: broken },
      geolocation: { getCurrentPosition: broken },
    };
    const read = await sent(reactNativeReaders(modules as never, 'android'));
    expect(read.app).toMatchObject({ id: 'com.example.bank' });
    expect(read.net ?? {}).not.toHaveProperty('vpn');
    expect(read.location).toEqual({ error: expect.any(String) });
  });

  it.each([undefined, null, 7, {}, { coords: null }, { coords: { latitude: '48', longitude: 11 } }])(
    'a place that is none: %j',
    async (position) => {
      const geolocation = { getCurrentPosition: (success: (given: never) => void) => success(position as never) };
      const read = await sent(reactNativeReaders({ geolocation }, 'ios'));
      expect(read.location ?? {}).not.toHaveProperty('latitude');
    },
  );

  it.each([undefined, null, 'denied', { code: 1 }])('an error that is none: %j', async (error) => {
    const geolocation = { getCurrentPosition: (_: unknown, fail?: (given: never) => void) => fail?.(error as never) };
    const { location } = await sent(reactNativeReaders({ geolocation }, 'ios'));
    expect(location).toEqual({ error: expect.stringContaining('GeolocationError') });
  });

  it('a field of another type, with Capacitor', async () => {
    const plugins = {
      device: { getInfo: async () => ({ model: 7, manufacturer: 'Apple', osVersion: null, isVirtual: 'no' }) },
      app: { getInfo: async () => ({ id: null, version: '1' }) },
      geolocation: {
        checkPermissions: async () => ({ location: 'granted' }),
        getCurrentPosition: async () => ({ coords: { latitude: 1, longitude: 2, accuracy: 'good' }, mocked: 1 }),
      },
    };
    const { app, device, location } = await sent(capacitorReaders(plugins as never, 'ios'));
    expect({ app, device, location }).toEqual({
      app: { version: '1' },
      device: { manufacturer: 'Apple' },
      location: { latitude: 1, longitude: 2 },
    });
  });

  it.each(Object.entries(failures))('%s: with Capacitor', async (_, broken) => {
    const plugins = { device: { getInfo: broken }, app: { getInfo: async () => ({ id: 'a.b', version: '1' }) } };
    const { app, device } = await sent(capacitorReaders(plugins as never, 'android'));
    expect(app).toEqual({ id: 'a.b', version: '1' });
    expect(device === undefined || Object.keys(device as object).every((name) => name === 'error')).toBe(true);
  });
});
