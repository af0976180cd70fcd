import { type SignalName, V3Event, V4Event } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { reactNativeReaders } from './adapters/react-native.ts';
import { BadResponseError, NetworkError, RefusedError, type Result, TimeoutError } from './errors.ts';
import type { Move } from './testing/flaky-server.ts';
import { type DeviceName, useWholePath } from './testing/use-whole-path.ts';
import { memoryTokenStore } from './token-store.ts';

const { path, clientOf, keptEvent, shown, signingKey } = useWholePath();

const isV3 = Compile(V3Event);
const isV4 = Compile(V4Event);

const answerOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw result.error;
  return result.value;
};

const visited = async (device: DeviceName, change: Parameters<typeof clientOf>[1] = {}) => {
  const answer = answerOf(
    await clientOf(device, change).visit({ screen: '/login', tag: { cart: 'ü😀' }, linkedId: 'order 7' }),
  );
  return keptEvent(answer.requestId);
};

/** The fields of v4 that each device is found by. */
const found: [DeviceName, (keyof V4Event)[]][] = [
  ['plain Android', []],
  ['Android of a work profile', ['cloned_app']],
  ['rooted Android', ['root_apps']],
  ['emulator of Android Studio', ['emulator']],
  ['Android under Frida', ['frida']],
  ['Android with a made-up place', ['location_spoofing']],
  ['Android whose traffic is read', ['mitm_attack']],
  ['plain iOS', []],
  ['jailbroken iOS', ['jailbroken']],
];
const verdicts = {
  root_apps: 'rootApps',
  emulator: 'emulator',
  cloned_app: 'clonedApp',
  jailbroken: 'jailbroken',
  frida: 'frida',
  location_spoofing: 'locationSpoofing',
  mitm_attack: 'mitmAttack',
} as const satisfies { [F in keyof V4Event]?: SignalName };

describe('a visit from the device to both events', () => {
  it.each(found)('of %s', async (device, fields) => {
    const { id, sdk, url } = await visited(device);
    const [v3, v4] = [await shown<V3Event>('v3', id), await shown<V4Event>('v4', id)];
    expect(isV3.Errors(v3)).toEqual([]);
    expect(isV4.Errors(v4)).toEqual([]);
    expect(url).toBe('app://com.example.bank/login');
    expect(v4).toMatchObject({ sdk, linked_id: 'order 7', tags: { cart: 'ü😀' }, replayed: false });
    for (const [field, name] of Object.entries(verdicts) as [keyof typeof verdicts, keyof V3Event['products']][]) {
      expect(v4[field] ?? false, field).toBe(fields.includes(field));
      expect(v3.products[name]?.data, name).toEqual({ result: fields.includes(field) });
    }
    const isMadeUp = fields.includes('location_spoofing');
    expect(v4.proximity?.precision_radius).toBe(isMadeUp ? undefined : sdk.platform === 'ios' ? 10 : 25);
    expect(v3.products.proximity?.data?.id).toBe(v4.proximity?.id);
  });

  it('shows only a reader’s error where one fails, is late, or sends another form', async () => {
    const event = await visited('plain Android', {
      readers: {
        root: () => ({ packages: ['com.topjohnwu.magisk'] }),
        hook: () => {
          throw new RangeError('x'.repeat(1_000));
        },
        net: () => new Promise(() => undefined),
        reset: () => undefined,
        emulator: async () => ({ files: 7 }) as never,
        timezone: () => 'Europe/Berlin',
      },
    });
    expect(event.attributes).toMatchObject({
      root: { value: { packages: ['com.topjohnwu.magisk'] } },
      hook: { error: { name: 'RangeError', message: 'x'.repeat(256) } },
      net: { error: { name: 'Timeout' } },
      reset: { absent: true },
      emulator: { error: { name: 'InvalidValue' } },
      timezone: { value: 'Europe/Berlin' },
    });
    expect(event.signals.rootApps.state).toBe('detected');
    expect(event.signals.frida.state).toBe('unknown');
  });

  it('takes what the readers of community modules read', async () => {
    const jailMonkey = {
      isJailBroken: () => true,
      jailBrokenMessage: () => '',
      AdbEnabled: () => false,
      isDevelopmentSettingsMode: async () => true,
      rootedDetectionMethods: () => ({ rootBeer: { detectRootManagementApps: true, detectTestKeys: false } }),
    };
    const readers = reactNativeReaders({ jailMonkey }, 'android');
    const { signals, attributes } = await visited('plain Android', { readers });
    expect(signals.rootApps).toMatchObject({ state: 'detected', confidence: 0.85 });
    expect(signals.developerTools.state).toBe('detected');
    expect(attributes.timezone).toMatchObject({ value: Intl.DateTimeFormat().resolvedOptions().timeZone });
  });

  it('sends what the other calls of a module gave where one hangs', async () => {
    const jailMonkey = {
      isJailBroken: () => false,
      jailBrokenMessage: () => '',
      AdbEnabled: () => true,
      isDevelopmentSettingsMode: () => new Promise<boolean>(() => undefined),
    };
    const readers = reactNativeReaders({ jailMonkey }, 'android');
    const { attributes } = await visited('plain Android', { readers });
    expect(attributes.devMode).toMatchObject({ value: { adb: true } });
  });

  it('is known again by its token, and not by another device', async () => {
    const tokenStore = memoryTokenStore();
    const [one, two, other] = [
      await visited('plain Android', { tokenStore }),
      await visited('plain Android', { tokenStore }),
      await visited('plain Android'),
    ];
    expect(one.identity.found).toBe(false);
    expect(two.identity).toMatchObject({ found: true, visitorId: one.identity.visitorId });
    expect(two.identity.explanation.method).toBe('token');
    expect(other.identity.visitorId).not.toBe(one.identity.visitorId);
  });

  it('goes on where the store for the token fails or hangs', async () => {
    const broken = { read: () => Promise.reject(new Error('locked')), write: () => Promise.reject(new Error('full')) };
    expect((await visited('plain iOS', { tokenStore: broken })).identity.found).toBe(false);
    const rash = {
      read: () => {
        throw new Error('no such key');
      },
      write: () => {
        throw new Error('full');
      },
    };
    expect((await visited('plain iOS', { tokenStore: rash })).identity.found).toBe(false);
    const hanging = { read: () => new Promise<string>(() => undefined), write: async () => undefined };
    expect((await visited('plain iOS', { tokenStore: hanging })).identity.found).toBe(false);
  });

  it('asks for a statement that is bound to the nonce', async () => {
    const event = await visited('plain Android', {
      attest: async (nonce) => ({ kind: 'playIntegrity', token: `for ${nonce}` }),
    });
    const sent = JSON.parse(path().front.seen.at(-1)?.body ?? '{}') as { nonce: string };
    expect(event.attributes.attest).toMatchObject({ value: { token: `for ${sent.nonce}` } });
    const failed = await visited('plain Android', { attest: () => Promise.reject(new Error('no Play')) });
    expect(failed.attributes.attest).toMatchObject({ error: { name: 'Error', message: 'no Play' } });
  });
});

describe('signing', () => {
  const saidOf = async (change: Parameters<typeof clientOf>[1]) => {
    const { signals } = await visited('Android whose traffic is read', change);
    return signals.mitmAttack.evidence.filter(({ from }) => from === 'signature').map(({ value }) => value);
  };

  it('is checked by the server', async () => {
    expect(await saidOf({})).toEqual([]);
    expect(await saidOf({ signingKey: await signingKey() })).toEqual(['valid']);
    expect(await saidOf({ signingKey })).toEqual(['valid']);
    expect(await saidOf({ signingKey: 'another' })).toEqual(['wrong']);
  });

  it('fails with its reason, and sends nothing, where the key cannot be had', async () => {
    const locked = new Error('keychain is locked');
    const client = await clientOf('plain iOS', { signingKey: () => Promise.reject(locked) });
    const answer = await client.visit();
    expect(answer).toMatchObject({ ok: false, error: { kind: 'signing', cause: locked } });
  });
});

describe('nonces', () => {
  it('are asked for once, then come with the answers', async () => {
    const client = clientOf('plain Android');
    await client.prepare();
    for (let visit = 0; visit < 3; visit++) answerOf(await client.visit());
    expect(path().front.seen.map(({ path }) => path.split('/').at(-1))).toEqual([
      'start',
      ...Array<string>(3).fill(path().server.publicKey),
    ]);
  });

  it('are left alone when they have become old', async () => {
    let ahead = 0;
    const runtime = { now: () => performance.now() + ahead, unixTime: () => Date.now() + ahead };
    const client = clientOf('plain Android', { runtime });
    await client.prepare();
    ahead = 61_000;
    answerOf(await client.visit());
    expect(path().front.seen.filter(({ path }) => path.endsWith('/start'))).toHaveLength(2);
  });

  it('of a visit that somebody sends again give it away', async () => {
    const first = await visited('plain Android');
    const { path: address, body } = path().front.seen.at(-1) ?? { path: '', body: '' };
    const again = (await (await fetch(path().origin + address, { method: 'POST', body })).json()) as {
      requestId: string;
    };
    expect(again.requestId).not.toBe(first.id);
    expect((await keptEvent(again.requestId)).signals.replayed.state).toBe('detected');
    expect(first.signals.replayed.state).toBe('clear');
  });

  it('and salts tell devices apart that are alike to the millisecond', async () => {
    const runtime = { now: () => 0 };
    const alike = [await visited('plain Android', { runtime }), await visited('plain Android', { runtime })];
    expect(alike.map(({ signals }) => signals.replayed.state)).toEqual(['clear', 'clear']);
  });
});

describe('a server that fails', () => {
  const busy: Move = { status: 503, body: '{"error":{"code":"ServiceUnavailable","message":"busy"}}' };

  it.each<[string, Move]>([
    ['drops the connection', 'drop'],
    ['is busy', busy],
    ['is behind a proxy with an error page', { status: 502, body: '<html>' }],
    ['asks to wait', { ...busy, status: 429, headers: { 'retry-after': '1' } } as Move],
  ])('is asked again: it %s', async (_, move) => {
    path().front.moves.push(move, move, 'pass');
    answerOf(await clientOf('plain Android').visit());
    const [one, two, three] = path().front.seen;
    expect(two && one && two.at - one.at).toBeGreaterThan(120);
    expect(three && two && three.at - two.at).toBeGreaterThan(240);
  });

  it('whose answer got lost is not sent a copy', async () => {
    path().front.moves.push('pass', 'lose-answer');
    const { requestId } = answerOf(await clientOf('plain Android').visit());
    expect(path().front.seen.map(({ path }) => path.endsWith('/start'))).toEqual([true, false, true, false]);
    expect((await keptEvent(requestId)).signals.replayed.state).toBe('clear');
  });

  it('steps back for the next one', async () => {
    const endpoint = ['http://127.0.0.1:9', `${path().front.url}/`] as const;
    answerOf(await clientOf('plain Android', { endpoint }).visit());
  });

  it.each<[string, Move, new (...args: never[]) => Error]>([
    ['text that is no JSON', { status: 200, body: '<html>' }, BadResponseError],
    ['JSON that is no answer', { status: 200, body: '{"nonce":7}' }, BadResponseError],
    ['null', { status: 200, body: 'null' }, BadResponseError],
    ['an error of another form', { status: 400, body: '{"error":"no"}' }, BadResponseError],
    ['a gigantic answer', { status: 200, body: `"${'x'.repeat(1_100_000)}"` }, BadResponseError],
    ['a refusal', { status: 403, body: '{"error":{"code":"PublicKeyNotFound","message":"m"}}' }, RefusedError],
  ])('is not asked again after %s', async (_, move, kind) => {
    path().front.moves.push(move);
    const result = await clientOf('plain Android').visit();
    expect(result).toMatchObject({ ok: false, error: expect.any(kind) });
    expect(path().front.seen).toHaveLength(1);
  });

  it('of observations alone has answers that are checked, too', async () => {
    path().front.moves.push('pass', {
      status: 200,
      body: '{"requestId":"1","visitorId":"v","nextNonce":"n","proof":1}',
    });
    expect(await clientOf('plain Android').visit()).toMatchObject({ error: expect.any(BadResponseError) });
  });

  it('is given up after four rounds, with its last failure', async () => {
    path().front.moves.push(...Array<Move>(9).fill('drop'));
    const runtime = { random: () => 0 };
    const result = await clientOf('plain Android', { runtime }).visit({ timeout: 20_000 });
    expect(result).toMatchObject({ ok: false, error: expect.any(NetworkError) });
    expect(path().front.seen).toHaveLength(4);
  });

  it('is not waited for beyond the caller’s time', async () => {
    path().front.moves.push({ ...busy, headers: { 'retry-after': '30' } } as Move);
    const result = await clientOf('plain Android').visit({ timeout: 2_000 });
    expect(result).toMatchObject({ error: { kind: 'refused', code: 'ServiceUnavailable', retryAfter: 30_000 } });
  });

  it.each([
    ['that listens to its signal', {}],
    ['that does not', { fetch: () => new Promise<never>(() => undefined) }],
  ])('and never answers is a timeout, by a fetch %s', async (_, runtime) => {
    path().front.moves.push('hang');
    const began = performance.now();
    const result = await clientOf('plain Android', { runtime }).visit({ timeout: 400 });
    expect(result).toMatchObject({ ok: false, error: expect.any(TimeoutError) });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('a caller', () => {
  it('can take a visit back, before and while it is sent', async () => {
    const [before, during] = [new AbortController(), new AbortController()];
    before.abort();
    expect(await clientOf('plain Android').visit({ signal: before.signal })).toMatchObject({
      error: { kind: 'aborted' },
    });
    expect(path().front.seen).toHaveLength(0);
    path().front.moves.push('hang');
    const visit = clientOf('plain Android').visit({ signal: during.signal });
    setTimeout(() => during.abort(), 100);
    expect(await visit).toMatchObject({ error: { kind: 'aborted', name: 'AbortedError' } });
  });

  it('with a tag that JSON cannot hold is told so', async () => {
    const tag: Record<string, unknown> = {};
    tag.itself = tag;
    await expect(clientOf('plain Android').visit({ tag })).rejects.toThrow(TypeError);
  });

  it('with a wrong key or too large a tag is refused', async () => {
    expect(await clientOf('plain Android', { publicKey: 'a/b' }).visit()).toMatchObject({
      error: { kind: 'refused', status: 403, code: 'PublicKeyNotFound' },
    });
    expect(await clientOf('plain Android').visit({ tag: 'x'.repeat(20_000) })).toMatchObject({
      error: { kind: 'refused', status: 413, code: 'TagTooLarge' },
    });
  });

  it('in an engine without fetch learns what is missing', async () => {
    const runtime = {
      fetch: () => {
        throw new Error('this engine has no fetch');
      },
    };
    expect(await clientOf('plain Android', { runtime }).visit({ timeout: 200 })).toMatchObject({
      error: { kind: 'network', message: 'this engine has no fetch' },
    });
  });
});
