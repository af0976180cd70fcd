import type { TlsFacts } from '@whorl/contract';
import fastify from 'fastify';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectionParts, type ReadConnection, readConnection } from './connection-facts.ts';

const JA4 = 't13d1516h2_8daaf6152771_02713d6af862';
const OWN: TlsFacts = { ja4: 't13d3112h2_e8f1e7e78f70_b26ce05bbdd6', source: 'hello', grease: false };

const parts: ConnectionParts = {
  trustedProxies: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7/32'],
  ja4Header: 'x-ja4',
  tcpOsHeader: 'x-tcp-os',
};

let read: ReadConnection = readConnection(parts);
let warnings = 0;
const app = fastify({
  trustProxy: [...parts.trustedProxies],
  logger: { level: 'warn', stream: { write: () => void warnings++ } },
});
app.get('/', async (request) => read(request));
afterAll(() => app.close());
beforeEach(() => {
  read = readConnection(parts);
  warnings = 0;
});

const from = async (remoteAddress: string, headers: Record<string, string | string[]> = {}) =>
  (await app.inject({ url: '/', remoteAddress, headers })).json();

describe('readConnection', () => {
  it.each(['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.7', '2001:db8::5'])('believes the proxy at %s', async (address) => {
    const headers = { 'x-ja4': JA4, 'x-tcp-os': 'Windows NT kernel', 'x-forwarded-for': '198.51.100.1' };
    expect(await from(address, headers)).toEqual({ tls: { ja4: JA4, source: 'proxy' }, tcpSystem: 'Windows' });
  });

  it.each(['198.51.100.1', '192.0.2.8', '::1', '11.0.0.1'])('believes nobody else: %s', async (address) => {
    expect(await from(address, { 'x-ja4': JA4, 'x-tcp-os': 'Linux', 'x-forwarded-for': '10.0.0.1' })).toEqual({});
  });

  it.each(['', 'nonsense', `${JA4},${JA4}`, JA4.toUpperCase(), '771,4865-4866,0-23,29,0'])(
    'makes nothing of the fingerprint %j',
    async (text) => {
      expect(await from('10.0.0.1', { 'x-ja4': text, 'x-tcp-os': 'some toaster' })).toEqual({});
    },
  );

  it('makes nothing of a header beside another of the same name', async () => {
    expect(await from('10.0.0.1', { 'x-ja4': [JA4, JA4] })).toEqual({});
  });

  it('says once that a proxy sends something else', async () => {
    await from('10.0.0.1', { 'x-ja4': '(null)' });
    await from('10.0.0.1', { 'x-ja4': '(null)' });
    await from('198.51.100.1', { 'x-ja4': '(null)' });
    expect(warnings).toBe(1);
  });

  it('reads no header that the settings do not name', async () => {
    read = readConnection({ ...parts, ja4Header: null, tcpOsHeader: null });
    expect(await from('10.0.0.1', { 'x-ja4': JA4, 'x-tcp-os': 'Linux', null: JA4 })).toEqual({});
  });

  it('takes the hello of who connects for the visitor’s, unless it is a proxy that forwards somebody', async () => {
    read = readConnection({ ...parts, helloOf: () => OWN });
    expect(await from('198.51.100.1')).toEqual({ tls: OWN });
    expect(await from('198.51.100.1', { 'x-ja4': JA4 })).toEqual({ tls: OWN });
    expect(await from('10.0.0.1')).toEqual({ tls: OWN });
    expect(await from('10.0.0.1', { 'x-forwarded-for': '198.51.100.1' })).toEqual({});
    expect(await from('10.0.0.1', { 'x-forwarded-for': '198.51.100.1', 'x-ja4': JA4 })).toEqual({
      tls: { ja4: JA4, source: 'proxy' },
    });
  });
});
