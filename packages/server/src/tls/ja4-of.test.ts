import { readJa4 } from '@whorl/engine';
import type { TlsClientHelloMessage } from 'read-tls-client-hello';
import { describe, expect, it } from 'vitest';
import { ja4Of } from './ja4-of.ts';

const ids = (text: string): number[] => text.split(',').map((id) => Number.parseInt(id, 16));

/** The hello of the specification's own example, with GREASE where Chromium puts it. */
const example = (): TlsClientHelloMessage => ({
  version: 0x0303,
  random: Buffer.alloc(32),
  sessionId: Buffer.alloc(32),
  cipherSuites: ids('1a1a,1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035'),
  compressionMethods: [0],
  extensions: [
    ...ids('fafa,001b,0000,0033').map((id) => ({ id, data: null })),
    { id: 0x0010, data: { protocols: ['h2', 'http/1.1'] } },
    ...ids('4469,0017,002d').map((id) => ({ id, data: null })),
    { id: 0x000d, data: { algorithms: ids('0403,0804,0401,0503,0805,0501,0806,0601') } },
    ...ids('0005,0023,0012').map((id) => ({ id, data: null })),
    { id: 0x002b, data: { versions: [0x8a8a, 0x0304, 0x0303] } },
    ...ids('ff01,000b,000a,0015,aaaa').map((id) => ({ id, data: null })),
  ],
});
const withExtension = (id: number, data: Record<string, unknown> | null) => ({
  ...example(),
  extensions: example().extensions.map((extension) => (extension.id === id ? { id, data } : extension)),
});

describe('ja4Of', () => {
  it('gives the fingerprint of the specification’s example', () => {
    expect(ja4Of(example())).toBe('t13d1516h2_8daaf6152771_e5627efa2ab1');
  });

  it('takes the highest version that is offered, or that of the hello where there is no list', () => {
    expect(ja4Of(withExtension(0x002b, { versions: [0x0303, 0x0302] }))).toMatch(/^t12d/);
    expect(ja4Of(withExtension(0x002b, { versions: [0x7f1c] }))).toMatch(/^t00d/);
    expect(ja4Of({ ...example(), version: 0x0301, extensions: [] })).toBe('t10i150000_8daaf6152771_000000000000');
  });

  it.each([
    [['http/1.1'], 'h1'],
    [['h'], 'hh'],
    [[], '00'],
    [[''], '00'],
    [['\x0a\x0b'], '0b'],
  ])('writes the protocols %j as %s', (protocols, written) => {
    expect(ja4Of(withExtension(0x0010, { protocols }))).toMatch(new RegExp(`^t13d1516${written}_`));
  });

  it('keeps its form whatever a hello offers', () => {
    const many = { ...example(), cipherSuites: Array.from({ length: 300 }, (_, at) => at) };
    const none = { ...example(), cipherSuites: [], extensions: [{ id: 0x000d, data: null }] };
    expect(ja4Of(many)).toMatch(/^t13d9916h2_/);
    expect(ja4Of(none)).toMatch(/^t12i000100_000000000000_/);
    for (const hello of [many, none]) expect(readJa4(ja4Of(hello))).toBeDefined();
  });
});
