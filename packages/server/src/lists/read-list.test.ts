import { describe, expect, it } from 'vitest';
import { readAddress } from '../lookup/address.ts';
import { doubtSuccessor } from './doubt-successor.ts';
import type { LoadedRows } from './list-rows.ts';
import { listBounds, readList } from './read-list.ts';
import { sampleSource } from './testing/sample-source.ts';

/** A text in pieces of so many bytes, as a network cuts it. */
async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const reading = (text: string, format: Parameters<typeof sampleSource>[0] = {}, size = 7) =>
  readList(inPieces(text, size), sampleSource({ minimumRows: 1, ...format }));

const listOf = async (...args: Parameters<typeof reading>): Promise<LoadedRows> => {
  const read = await reading(...args);
  if (!read.ok) throw new Error(read.problem);
  return read.list;
};

const valueAt = (list: LoadedRows, text: string): number | undefined => {
  const address = readAddress(text);
  const ranges = address === undefined ? undefined : list.ranges[address.family];
  const index = address === undefined ? -1 : (ranges?.indexOf(address.words) ?? -1);
  return index === -1 ? undefined : ranges?.valueAt(index);
};

describe('readList', () => {
  it('passes over 6to4, of which clouds publish all beside their own networks', async () => {
    const text = '2a05:f480:1000::/36\n2002::/16\n2002:c000:204::/48\n2401:c080::/32\n';
    const list = await listOf(text, { kind: 'datacenter' });
    expect(list.rows).toBe(2);
    expect(valueAt(list, '2a05:f480:1000::1')).toBe(0);
    expect(valueAt(list, '2002:c000:204::1')).toBeUndefined();
  });

  it.each([1, 5, 64, 10_000])('reads networks however they are cut (%i bytes)', async (size) => {
    const text =
      '# heading\r\n192.0.2.0/24\r\n\r\n198.51.100.7\t12 feeds\n2001:db8::/32,DE,Berlin ; note\n203.0.113.77/31';
    const list = await listOf(text, { kind: 'relay' }, size);
    expect(list.rows).toBe(4);
    for (const address of ['192.0.2.255', '198.51.100.7', '2001:db8:ffff::1', '203.0.113.76', '203.0.113.77']) {
      expect(valueAt(list, address)).toBe(0);
    }
    for (const address of ['192.0.3.0', '198.51.100.8', '2001:db9::', '203.0.113.78']) {
      expect(valueAt(list, address)).toBeUndefined();
    }
  });

  it('reads relays of Tor, whose addresses may repeat', async () => {
    const relay = '0008D9640FE4947F73E355F67E20C2D290BBC72C';
    const text = `fingerprint, ipaddr, port\n${relay}, 192.0.2.1, 443\n${relay}, 2001:db8::1, 9001\n${relay}, 192.0.2.1, 80\n`;
    const list = await listOf(text, { format: 'tor-exits' });
    expect(list.rows).toBe(3);
    expect(list.ranges[4]?.length).toBe(1);
    expect(valueAt(list, '2001:db8::1')).toBe(0);
  });

  it.each([
    ['tor-exits', (address: string) => `0008D9640FE4947F73E355F67E20C2D290BBC72C,${address},9001`],
    ['addresses', (address: string) => `${address} 12 feeds`],
    ['proxies', (address: string) => `http://${address}:80`],
  ] as const)('takes no network for a row of %s', async (format, row) => {
    const good = Array.from({ length: 1_200 }, (_, index) => row(`192.0.${2 + (index >> 8)}.${index & 255}`));
    const list = await listOf([...good, row('73.0.0.0/12'), row('198.51.100.0/31')].join('\n'), { format });
    expect([list.rows, list.addresses]).toEqual([1_200, 1_200]);
    expect(valueAt(list, '73.0.0.1')).toBeUndefined();
    expect(await reading([row('192.0.2.1'), row('2001:db8::/64')].join('\n'), { format })).toMatchObject({ ok: false });
  });

  it('reads single addresses, also as networks of one', async () => {
    const list = await listOf('192.0.2.1\n192.0.2.2/32,x\n2001:db8::1/128 # note\n', { format: 'addresses' });
    expect(list.rows).toBe(3);
    expect(valueAt(list, '2001:db8::1')).toBe(0);
  });

  it('reads ranges with the names of providers, in quotes too', async () => {
    const text =
      '192.0.2.0,192.0.2.127,Example Cloud,http://a.example\n198.51.100.0,198.51.101.255,"Hosts, ""Inc""",http://b.example\n';
    const list = await listOf(text, { format: 'named-ranges', kind: 'datacenter' });
    expect(list.names[valueAt(list, '192.0.2.5') ?? -1]).toBe('Example Cloud');
    expect(list.names[valueAt(list, '198.51.101.5') ?? -1]).toBe('Hosts, "Inc"');
    expect(valueAt(list, '192.0.2.128')).toBeUndefined();
  });

  it('reads proxies with the time of the last sight, where there is one, and keeps the latest', async () => {
    const text =
      'http://192.0.2.1:8080 2026-11-20T10:00:00Z\nsocks5://192.0.2.1:1080 2026-11-21T10:00:00Z\n192.0.2.2:3128\n[2001:db8::1]:80,1800000000\n';
    const list = await listOf(text, { format: 'proxies', kind: 'proxy' });
    expect(valueAt(list, '192.0.2.1')).toBe(Date.UTC(2026, 10, 21, 10) / 1_000);
    expect(valueAt(list, '192.0.2.2')).toBe(0);
    expect(valueAt(list, '2001:db8::1')).toBe(1_800_000_000);
  });

  it('reads numbers of autonomous systems', async () => {
    const list = await listOf('AS64496 # first\n64497\nAS4200000000\t# third\n', { format: 'asns', kind: 'vpnAsns' });
    expect([...list.asns]).toEqual([64_496, 64_497, 4_200_000_000]);
  });

  it.each([
    ['prefixes', { prefixes: [{ ipv4Prefix: '192.0.2.0/24' }, { ipv6Prefix: '2001:db8::/32' }] }],
    ['nested', { values: { ips: [{ ip_address: '192.0.2.1' }], more: [{ cidr: '2001:db8::/32' }] } }],
  ])('reads networks from JSON (%s)', async (_, value) => {
    const list = await listOf(JSON.stringify(value), { format: 'crawler', kind: 'crawler' });
    expect([valueAt(list, '192.0.2.1'), valueAt(list, '2001:db8::5')]).toEqual([0, 0]);
  });

  it('reads what operators of crawlers publish as lines', async () => {
    expect((await listOf('\n 192.0.2.1\n192.0.2.2\n', { format: 'crawler', kind: 'crawler' })).rows).toBe(2);
  });

  it.each([
    ['nothing', '', 'it is empty'],
    ['blank lines', '\n\n  \n', 'it has 0 rows, and at least 1 are expected'],
    ['a web page', '\n<!DOCTYPE html>\n<html><body>503</body></html>', 'it is a web page'],
    ['JSON in the place of lines', '{"error":"rate limit"}', 'are not of the format networks'],
    ['prose', 'Not Found', 'are not of the format networks: "Not Found"'],
    ['other bytes', '\0\0\0\0\0\u{fffd}PK', 'are not of the format networks'],
    ['half of the internet', '0.0.0.0/1\n', 'are not of the format networks'],
    ['networks beyond the address', '192.0.2.0/33\n', 'are not of the format networks'],
    ['a very long line', `192.0.2.1 ${'x'.repeat(5_000)}`, 'it has a line of over 4096 characters'],
    ['a long line without an end', 'x'.repeat(100_000), 'it has a line of over 4096 characters'],
  ])('refuses %s', async (_, text, problem) => {
    const read = await reading(text, {}, 1_000);
    expect(read).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it.each(['{"prefixes":[{"ipv4Prefix":"192.0.2.0/24"},{"ipv4P', '{', '["192.0'])(
    'refuses JSON that was cut: %s',
    async (text) => {
      const read = await reading(text, { format: 'crawler', kind: 'crawler' });
      expect(read).toEqual({ ok: false, problem: 'it is no JSON, or was cut off' });
    },
  );

  it('refuses lists that would accuse a large part of all addresses', async () => {
    const text = Array.from({ length: 10 }, (_, index) => `${20 + index}.0.0.0/8`).join('\n');
    expect(await reading(text)).toEqual({
      ok: false,
      problem: expect.stringContaining('at most 131072 are believed'),
    });
    expect(await reading(text, { kind: 'datacenter' })).toMatchObject({ ok: true });
  });

  it('refuses lists that would accuse a large part of all IPv6', async () => {
    const text = Array.from({ length: 8 }, (_, index) => `2${index}01::/16`).join('\n');
    expect(await reading(text)).toEqual({ ok: false, problem: expect.stringContaining('IPv6 networks of /48') });
    expect(await reading('2001:d00::/36\n192.0.2.1\n192.0.2.2')).toMatchObject({ ok: true });
    expect(await reading('2001:c00::/35\n192.0.2.1\n192.0.2.2')).toMatchObject({ ok: false });
    const homes = Array.from({ length: 5_000 }, (_, index) => `2001:db8:${index.toString(16)}::/64`).join('\n');
    expect(await reading(homes)).toMatchObject({ ok: true, list: { rows: 5_000 } });
  });

  it.each(['vpnAsns', 'datacenterAsns'] as const)('counts a system as all that it announces (%s)', async (kind) => {
    // Comcast and Deutsche Telekom, two of the largest access providers there are, among systems of VPN services.
    const good = 'AS9009\nAS212238\nAS136787\n';
    const list = await listOf(good, { kind, format: 'asns' });
    expect(list.addresses).toBeGreaterThan(1_000_000);
    expect(list.addresses).toBeLessThan(4_000_000);
    const read = await reading(`${good}AS7922\nAS3320\n`, { kind, format: 'asns' });
    if (kind === 'vpnAsns') {
      expect(read).toEqual({
        ok: false,
        problem: expect.stringMatching(/^it has \d{9} addresses, and at most 8388608 /),
      });
      return;
    }
    // Of datacenters a list may mean so many: it is the doubt that holds it up.
    if (!read.ok) throw new Error(read.problem);
    expect(read.list.addresses - list.addresses).toBeGreaterThan(80_000_000);
    expect(doubtSuccessor(kind, read.list, list, null, 0)?.problem).toMatch(/addresses where it had/);
  });

  it('does not count 6to4 as Hurricane Electric’s, who carries it', async () => {
    const list = await listOf('AS6939\n', { kind: 'datacenterAsns', format: 'asns' });
    expect(list.sites).toBeGreaterThan(0);
    expect(list.sites).toBeLessThan(2 ** 27);
  });

  it('bears a slip in fifty rows, and no more', async () => {
    const rows = Array.from({ length: 98 }, (_, index) => `192.0.2.${index}`);
    expect(await reading([...rows, 'oops', 'oh'].join('\n'))).toMatchObject({ ok: true, list: { rows: 98 } });
    expect(await reading([...rows, 'oops', 'oh', 'no'].join('\n'))).toMatchObject({
      problem: '3 of its 101 rows are not of the format networks: "oops"',
    });
  });

  it.each([
    ['proxies', `192.0.2.1${','.repeat(4_000)}x y`],
    ['named-ranges', `192.0.2.1,192.0.2.2,"${'""'.repeat(1_990)},`],
    ['named-ranges', `192.0.2.1,192.0.2.2,${'",'.repeat(1_990)}`],
    ['tor-exits', `${' '.repeat(4_000)}x`],
    ['networks', `192.0.2.1${' '.repeat(4_000)}x`],
    ['asns', `AS1${','.repeat(4_000)}x`],
  ] as const)('has no line of %s that takes long', async (format, line) => {
    // One such line took a sixth of a second, for each of its commas was tried as the place where the time begins: these would take a minute.
    const text = `${line}\n`.repeat(500);
    expect(await reading(text, { format }, 16_384)).toBeDefined();
  });

  it('ends at its bounds', async () => {
    const text = '192.0.2.1\n'.repeat(100);
    const source = sampleSource();
    expect(await readList(inPieces(text, 64), source, { ...listBounds, rows: 50 })).toMatchObject({
      problem: 'it has over 50 rows',
    });
    expect(await readList(inPieces(text, 64), source, { ...listBounds, bytes: 500 })).toMatchObject({
      problem: 'it has over 500 bytes',
    });
  });
});
