import { type Environment, type Workspace, workspaceDefaults } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { makeNonce } from '../keys/nonce.ts';
import { type Delivery, receive } from './receive.ts';

const secret = Buffer.alloc(32, 1);
const time = 1_700_000_000_000;
const workspace: Workspace = {
  ...workspaceDefaults,
  disabledFeatures: [],
  id: 'ws_0000000000000000',
  name: 'w',
  createdAt: 0,
  region: 'us',
};
const environment: Environment = {
  id: 'ae_0000000000000000',
  workspaceId: workspace.id,
  name: 'e',
  allowedOrigins: [],
  sealingKey: null,
  createdAt: 0,
};
const envelope = (change: Record<string, unknown> = {}) => ({
  version: 1,
  nonce: makeNonce(secret, environment.id, time),
  url: 'https://shop.example/login',
  sdk: { platform: 'js', version: '0.1.0' },
  timing: { start: 1, end: 2 },
  sources: { timezone: { v: 'Europe/Berlin', d: 0.1 } },
  ...change,
});
const deliver = (body: string | Buffer | Record<string, unknown>, cookieToken?: string): Delivery => ({
  workspace,
  environment,
  sealedBeside: false,
  publicKey: 'key',
  body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers: {},
  address: '192.0.2.1',
  cookieToken,
  time,
});
const received = (change: Record<string, unknown> = {}) => {
  const outcome = receive(deliver(envelope(change)), secret);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
};
const refusal = (body: string | Buffer | Record<string, unknown>) => {
  const outcome = receive(deliver(body), secret);
  return outcome.ok ? undefined : outcome.error;
};

describe('receive', () => {
  it('takes an observation and checks its nonce', () => {
    const value = received({ linkedId: 'order-1', tag: { a: [1] } });
    expect(value).toMatchObject({ linkedId: 'order-1', tag: { a: [1] }, replay: { outcome: 'ok', nonceAge: 0 } });
    expect(value.components.timezone).toEqual({ value: 'Europe/Berlin', duration: 0.1 });
  });

  it.each([
    ['nothing', ''],
    ['half a body', '{"version":1,'],
    ['a list', '[]'],
    ['null', 'null'],
    ['bytes that are no UTF-8', Buffer.from(JSON.stringify({ ...envelope(), linkedId: 'caf\xe9' }), 'latin1')],
    ['half of a surrogate pair as a linked id', { ...envelope(), linkedId: '\ud800' }],
    ['a nonce that is missing', { ...envelope(), nonce: undefined }],
    ['a field that does not exist', { ...envelope(), extra: 1 }],
    ['a linked id that is too long', { ...envelope(), linkedId: 'x'.repeat(257) }],
    ['sources that are a list', { ...envelope(), sources: [] }],
    ['a negative duration', { ...envelope(), sources: { timezone: { d: -1 } } }],
    [
      'too many sources',
      { ...envelope(), sources: Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`s${at}`, { d: 1 }])) },
    ],
  ])('refuses %s', (_, body) => {
    expect(refusal(body)?.code).toBe('RequestCannotBeParsed');
  });

  it('says where a body is wrong', () => {
    expect(refusal({ ...envelope(), linkedId: 7 })?.message).toContain('/linkedId');
  });

  it('refuses another version by name, whatever else is wrong', () => {
    expect(refusal({ version: 2 })).toMatchObject({ code: 'UnsupportedVersion' });
  });

  it('takes a tag of 16 KB and refuses one byte more', () => {
    const around = JSON.stringify({ a: '' }).length;
    expect(received({ tag: { a: 'x'.repeat(16_384 - around) } }).tag).toHaveProperty('a');
    expect(refusal(envelope({ tag: { a: 'x'.repeat(16_385 - around) } }))?.code).toBe('TagTooLarge');
  });

  it.each([
    ['text', 'sale', { tag: 'sale' }],
    ['a number', 0, { tag: 0 }],
    ['a list', [1, 2], { tag: [1, 2] }],
    ['null', null, {}],
    ['an object', { tag: 1 }, { tag: 1 }],
  ])('wraps %s as a tag', (_, tag, expected) => {
    expect(received({ tag }).tag).toEqual(expected);
  });

  it('keeps a tag with a prototype key as plain data', () => {
    const body = JSON.stringify(envelope()).replace('"sdk"', '"tag":{"__proto__":{"admin":true}},"sdk"');
    const outcome = receive(deliver(body), secret);
    expect(outcome.ok && JSON.stringify(outcome.value.tag)).toBe('{"__proto__":{"admin":true}}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('makes a source of the wrong form an error of that source alone', () => {
    const { components } = received({
      sources: {
        timezone: { v: 7, d: 1 },
        cpuClass: { d: 2 },
        audio: { e: ['TimeoutError', 'took too long'], d: 3 },
        canvas: { v: { winding: true, geometry: 'a', text: 'b' }, d: 4, n: true },
        unheardOf: { v: 1, d: 1 },
        constructor: { v: 1, d: 1 },
      },
    });
    expect(components.timezone).toMatchObject({ error: { name: 'InvalidValue' } });
    expect(components.cpuClass).toEqual({ absent: true, duration: 2 });
    expect(components.audio).toEqual({ error: { name: 'TimeoutError', message: 'took too long' }, duration: 3 });
    expect(components.canvas).toMatchObject({ noised: true });
    // In the order of the registry, whatever the order on the wire.
    expect(Object.keys(components)).toEqual(['audio', 'canvas', 'timezone', 'cpuClass']);
    expect(Object.hasOwn(components, 'unheardOf')).toBe(false);
  });

  it('puts the HTTP cookie before what the page found', () => {
    const outcome = receive(deliver(envelope({ tokens: { indexedDB: 'c', cookie: 'b' } }), 'a'), secret);
    expect(outcome.ok && outcome.value.tokens.map(({ token }) => token)).toEqual(['a', 'b', 'c']);
  });

  it('knows a body again under another nonce', () => {
    const [a, b] = [received(), received()];
    expect(a.nonceHash).not.toBe(b.nonceHash);
    expect(a.bodyHash).toBe(b.bodyHash);
    expect(received({ timing: { start: 1, end: 3 } }).bodyHash).not.toBe(a.bodyHash);
  });
});
