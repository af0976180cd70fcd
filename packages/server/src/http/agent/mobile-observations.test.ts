import { V3Event, V4Event } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { useV4 } from '../v4/testing/use-v4.ts';

const { server, visit, send, eventOf, call, find } = useV4();

const isV3 = Compile(V3Event);
const isV4 = Compile(V4Event);

type Platform = 'android' | 'ios';
type Sections = Record<string, unknown>;
type Product = 'rootApps' | 'emulator' | 'clonedApp' | 'jailbroken' | 'frida' | 'locationSpoofing' | 'mitmAttack';

const ID = 'com.example.bank';

/** What the clients of two clean devices send. */
const clean: Record<Platform, Sections> = {
  android: {
    app: { id: ID, userId: 0, uid: 10_245, dataDir: `/data/user/0/${ID}`, firstInstall: Date.UTC(2023, 5, 1) },
    device: { model: 'Pixel 8', hardware: 'shiba', product: 'shiba', type: 'user', osVersion: '14' },
    root: { packages: [], suPaths: [], magiskPaths: [] },
    emulator: { properties: {}, sensors: [{ name: 'ICM45631', vendor: 'TDK' }], files: [] },
    hook: { maps: [], ports: [], threads: ['main'] },
    location: { mock: false },
    net: { pin: 'match' },
    reset: { oldestFile: Date.UTC(2022, 2, 3, 4, 5, 6) },
  },
  ios: {
    app: { id: ID },
    device: { model: 'iPhone15,4', osVersion: '18.5', simulator: false },
    jailbreak: { paths: [], urlSchemes: [], sandboxWrite: false, fork: false },
    hook: { dylibs: [] },
    location: { simulated: false },
    net: { pin: 'match' },
  },
};

const wire = (sections: Sections) =>
  Object.fromEntries(Object.entries(sections).map(([name, v]) => [name, { v, d: 1 }]));

const observation = (platform: string, sections: Sections) => ({
  headers: { 'user-agent': 'okhttp/4.12.0' },
  change: {
    url: 'app://com.example.bank/login',
    sdk: { platform, version: '1.0.0' },
    sources: wire(sections),
  },
});

/** The event as it is kept. */
const keptEvent = (requestId: string) => {
  const { store, first } = server();
  return store.event({ workspaceId: first.workspace.id, environmentId: first.environment.id }, requestId);
};

/** Both events of an app's visit, and the event as it is kept; `change` replaces sections of a clean device. */
const eventsOf = async (platform: Platform, change: Sections = {}) => {
  const { requestId } = await visit(observation(platform, { ...clean[platform], ...change }));
  const v3 = await eventOf(requestId);
  const v4 = (await call('GET', `/events/${requestId}`)).json<V4Event>();
  expect(isV3.Errors(v3)).toEqual([]);
  expect(isV4.Errors(v4)).toEqual([]);
  const kept = await keptEvent(requestId);
  if (kept === undefined) throw new Error('the event was not kept');
  return { requestId, v3, v4, kept };
};

describe('an observation of an app', () => {
  it('on a clean Android shows what Android can have, and that nothing was found', async () => {
    const { v3, v4, kept } = await eventsOf('android');
    const quiet = { root_apps: false, emulator: false, cloned_app: false, frida: false, location_spoofing: false };
    expect(v4).toMatchObject({
      ...quiet,
      mitm_attack: false,
      factory_reset_timestamp: Date.UTC(2022, 2, 3, 4, 5, 6),
      sdk: { platform: 'android' },
      os: 'Android',
      os_version: '14',
      device: 'Pixel 8',
    });
    for (const field of ['jailbroken', 'bot', 'incognito', 'url', 'browser_details', 'proximity']) {
      expect(v4).not.toHaveProperty(field);
    }
    expect(v3.products.factoryReset?.data).toEqual({
      time: '2022-03-03T04:05:06Z',
      timestamp: Date.UTC(2022, 2, 3, 4, 5, 6),
    });
    for (const name of ['rootApps', 'emulator', 'clonedApp', 'frida', 'locationSpoofing', 'mitmAttack'] as const) {
      expect(v3.products[name]?.data, name).toEqual({ result: false });
      expect(kept.signals[name], name).toMatchObject({ state: 'clear', confidence: 0.5 });
    }
    expect(kept.signals.jailbroken).toMatchObject({ state: 'clear', confidence: 1 });
    expect(v3.products.rawDeviceAttributes?.data).toMatchObject({ root: { value: clean.android.root } });
  });

  it('on a clean iPhone shows what iOS can have, and that nothing was found', async () => {
    const { v3, v4, kept } = await eventsOf('ios');
    expect(v4).toMatchObject({
      jailbroken: false,
      frida: false,
      location_spoofing: false,
      mitm_attack: false,
      factory_reset_timestamp: 0,
      os: 'iOS',
      device: 'iPhone15,4',
    });
    for (const field of ['root_apps', 'emulator', 'cloned_app']) expect(v4).not.toHaveProperty(field);
    expect(v3.products.jailbroken?.data).toEqual({ result: false });
    expect(v3.products.factoryReset?.data).toEqual({ time: '1970-01-01T00:00:00Z', timestamp: 0 });
    expect(kept.signals.factoryReset.state).toBe('unknown');
    expect(kept.signals.rootApps).toMatchObject({ state: 'clear', confidence: 1 });
  });

  it.each<[string, Platform, Sections, Product, string]>([
    ['a rooted device', 'android', { root: { packages: ['com.topjohnwu.magisk'] } }, 'rootApps', 'root_apps'],
    [
      'an emulator',
      'android',
      { emulator: { properties: { 'ro.kernel.qemu': '1' }, files: ['/dev/qemu_pipe'] } },
      'emulator',
      'emulator',
    ],
    ['a work profile', 'android', { app: { id: ID, userId: 10, managedProfile: true } }, 'clonedApp', 'cloned_app'],
    [
      'a jailbroken device',
      'ios',
      { jailbreak: { paths: ['/var/jb/usr/bin'], fork: true } },
      'jailbroken',
      'jailbroken',
    ],
    ['Frida', 'ios', { hook: { dylibs: ['FridaGadget.dylib'] } }, 'frida', 'frida'],
    ['a made-up place', 'android', { location: { mock: true } }, 'locationSpoofing', 'location_spoofing'],
    ['a reader on the way', 'ios', { net: { pin: 'mismatch' } }, 'mitmAttack', 'mitm_attack'],
  ])('tells of %s', async (_, platform, change, product, field) => {
    const { requestId, v3, v4, kept } = await eventsOf(platform, change);
    expect(v3.products[product]?.data).toEqual({ result: true });
    expect(v4).toHaveProperty(field, true);
    expect(kept.signals[product].confidence).toBeLessThanOrEqual(0.9);
    expect(kept.signals[product].evidence.at(-1)?.fact).toBe('app is not attested: what it reports can be forged');
    expect(await find(`${field}=true&limit=100`)).toContain(requestId);
  });

  it('without sections is unknown, and reads as false', async () => {
    const { requestId } = await visit(observation('android', {}));
    const kept = await keptEvent(requestId);
    for (const name of ['rootApps', 'emulator', 'clonedApp', 'frida', 'mitmAttack', 'proximity'] as const) {
      expect(kept?.signals[name], name).toMatchObject({ state: 'unknown', confidence: 0 });
    }
    expect((await call('GET', `/events/${requestId}`)).json()).toMatchObject({ root_apps: false, frida: false });
  });
});

describe('a bad section', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);

  it.each<[string, Platform, Sections]>([
    ['a wrong type', 'android', { root: { packages: 'com.topjohnwu.magisk' } }],
    ['no object', 'android', { root: ['com.topjohnwu.magisk'] }],
    ['null', 'android', { root: null }],
    ['an unknown field', 'android', { root: { packages: [], toString: 'x' } }],
    ['a list that is too long', 'android', { root: { packages: many(65) } }],
    ['a text that is too long', 'android', { root: { packages: ['x'.repeat(257)] } }],
    [
      'too many properties',
      'android',
      { root: { properties: Object.fromEntries(many(65).map((each) => [each, ''])) } },
    ],
    ['a property of no name', 'android', { root: { properties: { '': '1' } } }],
    ['a property that is no text', 'android', { root: { properties: { 'ro.debuggable': 1 } } }],
    ['a user out of bounds', 'android', { app: { id: ID, userId: -1 } }],
    ['a place beyond the pole', 'android', { location: { latitude: 91, mock: true } }],
    ['a port beyond the last', 'android', { hook: { ports: [65_536] } }],
    ['a time beyond all times', 'ios', { reset: { oldestFile: 8.64e15 + 2 } }],
    ['another word than those known', 'ios', { net: { pin: 'maybe' } }],
  ])('with %s becomes an error of its own', async (_, platform, change) => {
    const { v3, kept } = await eventsOf(platform, change);
    const [name = ''] = Object.keys(change);
    expect(kept.attributes[name]).toMatchObject({ error: { name: 'InvalidValue' } });
    expect(v3.products.rawDeviceAttributes?.data?.[name]).toMatchObject({ error: { name: 'InvalidValue' } });
    // The others were judged.
    const judged = Object.values(kept.signals).filter(({ state }) => state === 'clear');
    expect(judged.filter(({ evidence }) => evidence[0]?.from === 'app').length).toBeGreaterThan(1);
    expect(Object.values(kept.signals).filter(({ failed }) => failed)).toEqual([]);
  });

  it('with a prototype’s keys changes nothing', async () => {
    const key = server().publicKey;
    const started = await server().app.inject({ method: 'POST', url: `/ingest/v1/${key}/start` });
    const { nonce } = started.json<{ nonce: string }>();
    const body = `{"version":1,"nonce":"${nonce}","url":"app://a","timing":{"start":1,"end":2.5},
      "sdk":{"platform":"android","version":"1"},
      "sources":{"root":{"v":{"__proto__":{"packages":["com.topjohnwu.magisk"]},"suPaths":[]},"d":1},
      "emulator":{"v":{"properties":{"__proto__":{"ro.kernel.qemu":"1"}}},"d":1},"constructor":{"v":{},"d":1}}}`;
    const answer = await server().app.inject({ method: 'POST', url: `/ingest/v1/${key}`, payload: body });
    expect(answer.statusCode, answer.body).toBe(200);
    const { requestId } = answer.json<{ requestId: string }>();
    const kept = await keptEvent(requestId);
    expect(Object.keys(kept?.attributes ?? {})).toEqual(['root', 'emulator']);
    expect(kept?.attributes.root).toMatchObject({ error: { name: 'InvalidValue' } });
    expect(kept?.attributes.emulator).toMatchObject({ error: { name: 'InvalidValue' } });
    expect(kept?.signals.rootApps.state).toBe('unknown');
    expect(Object.hasOwn(Object.prototype, 'packages')).toBe(false);
  });

  it('of numbers that are none is refused with the section', async () => {
    const { kept } = await eventsOf('android', { location: { latitude: Number.MAX_VALUE, mock: true } });
    expect(kept.signals.locationSpoofing.state).toBe('unknown');
  });

  it('of a gigantic list is refused with the body', async () => {
    const answer = await send(observation('android', { hook: { maps: many(100_000) } }));
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ error: { code: 'PayloadTooLarge' } });
  });

  it('of an unknown platform is refused', async () => {
    const answer = await send(observation('symbian', {}));
    expect(answer.statusCode).toBe(400);
  });
});

describe('sections where they cannot be', () => {
  it('are left out of a browser’s observation', async () => {
    const { requestId } = await visit(observation('js', { root: { packages: ['com.topjohnwu.magisk'] } }));
    const kept = await keptEvent(requestId);
    expect(kept?.attributes).toEqual({});
    expect(kept?.signals.rootApps).toMatchObject({ state: 'clear', confidence: 1 });
  });

  it('are left out of the other system’s', async () => {
    const { kept } = await eventsOf('ios', { root: { packages: ['com.topjohnwu.magisk'] } });
    expect(kept.attributes).not.toHaveProperty('root');
    expect(kept.signals.rootApps.state).toBe('clear');
  });

  it('are left out of a supplement', async () => {
    const { requestId, proof } = await visit(observation('android', {}));
    const answer = await server().app.inject({
      method: 'POST',
      url: `/ingest/v1/${server().publicKey}/supplement`,
      payload: JSON.stringify({ version: 1, requestId, proof, sources: wire({ root: { packages: [] } }) }),
    });
    expect(answer.statusCode, answer.body).toBe(200);
    const kept = await keptEvent(requestId);
    expect(kept?.attributes).not.toHaveProperty('root');
  });
});
