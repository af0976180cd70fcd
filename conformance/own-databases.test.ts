import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MmdbValue, writeMmdb } from '../packages/server/src/lookup/testing/write-mmdb.ts';
import { chromiumUserAgent } from '../packages/server/src/testing/chromium-sources.ts';
import { officialClient } from './official-client.ts';
import { officialClientV4 } from './official-client-v4.ts';
import { visitByAddress } from './visit-by-address.ts';

const [V4, V6] = ['8.8.8.8', '2a00:1450:4001::5'];

const place = (city: string, latitude: number): MmdbValue => ({
  continent: { code: 'EU', names: { en: 'Europe' } },
  country: { iso_code: 'CZ', names: { en: 'Czechia' } },
  subdivisions: [{ iso_code: '64', names: { en: 'South Moravian' } }],
  city: { names: { en: city } },
  postal: { code: '602 00' },
  location: { latitude, longitude: 16.6, accuracy_radius: 20, time_zone: 'Europe/Prague' },
});

const system = (number: number, name: string): MmdbValue => ({
  autonomous_system_number: number,
  autonomous_system_organization: name,
});

/** One file of each sort, with the networks of both addresses. */
const files: Record<string, Record<string, MmdbValue>> = {
  'GeoIP2-City': { '8.8.8.0/24': place('Brno', 49.2), '2a00:1450::/32': place('Znojmo', 48.8) },
  'GeoLite2-ASN': { '8.8.8.0/24': system(64_496, 'Example Four'), '2a00:1450::/32': system(64_497, 'Example Six') },
  'GeoIP2-Anonymous-IP': {
    '8.8.8.0/24': { is_anonymous: true, is_anonymous_vpn: true },
    '2a00:1450::/32': { is_anonymous: true, is_tor_exit_node: true },
  },
};

let dir: string;
let whorl: RunningWhorl;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'whorl-own-databases-'));
  for (const [type, networks] of Object.entries(files)) {
    const bytes = writeMmdb(networks, { type, ipVersion: 6, builtAt: new Date() });
    await writeFile(join(dir, `${type}.mmdb`), bytes);
  }
  whorl = await startWhorl({ env: { WHORL_GEO_DATABASE: dir, WHORL_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(async () => {
  await whorl?.stop();
  await rm(dir, { recursive: true, force: true });
});

type V3Shape = {
  products: { identification: { data: { requestId: string } }; ipInfo: { data: Record<string, unknown> } };
};

/** A visit's event as the older API gives it. */
const v3EventOf = async (ip: string): Promise<V3Shape> => {
  const { requestId } = await visitByAddress(whorl, ip);
  const answer = await fetch(`${whorl.url}/events/${requestId}`, { headers: { 'auth-api-key': whorl.secretKey } });
  return (await answer.json()) as V3Shape;
};

/** What the files say of either address, in the older form. */
const v3Info = (address: string, city: string, latitude: number, asn: string, name: string) => ({
  address,
  geolocation: {
    accuracyRadius: 20,
    latitude,
    longitude: 16.6,
    postalCode: '602 00',
    timezone: 'Europe/Prague',
    city: { name: city },
    country: { code: 'CZ', name: 'Czechia' },
    continent: { code: 'EU', name: 'Europe' },
    subdivisions: [{ isoCode: '64', name: 'South Moravian' }],
  },
  asn: { asn, name, network: address === V4 ? '8.8.8.0/24' : '2a00:1450::/32' },
});

/** The same in the newer. */
const v4Info = (address: string, city: string, latitude: number, asn: string, name: string) => ({
  address,
  geolocation: {
    accuracy_radius: 20,
    latitude,
    longitude: 16.6,
    postal_code: '602 00',
    timezone: 'Europe/Prague',
    city_name: city,
    country_code: 'CZ',
    country_name: 'Czechia',
    continent_code: 'EU',
    continent_name: 'Europe',
    subdivisions: [{ iso_code: '64', name: 'South Moravian' }],
  },
  asn,
  asn_name: name,
  asn_network: address === V4 ? '8.8.8.0/24' : '2a00:1450::/32',
});

const four = [V4, 'Brno', 49.2, '64496', 'Example Four'] as const;
const six = [V6, 'Znojmo', 48.8, '64497', 'Example Six'] as const;

describe('a server with address databases of its operator', () => {
  it('loads each by its type, and says so', async () => {
    const metrics = await (await fetch(`${whorl.url}/metrics`)).text();
    for (const type of Object.keys(files)) expect(metrics).toContain(`${type}.mmdb`);
  });

  it('answers with what they say of a visit by IPv4, in both APIs', async () => {
    const { requestId } = await visitByAddress(whorl, V4);
    const v3 = (await officialClient(whorl).getEvent(requestId)).products;
    expect(v3.ipInfo?.data?.v4).toMatchObject(v3Info(...four));
    expect(v3.ipInfo?.data).not.toHaveProperty('v6');
    expect([v3.vpn?.data?.result, v3.vpn?.data?.methods?.publicVPN, v3.tor?.data?.result]).toEqual([true, true, false]);
    const v4 = await officialClientV4(whorl).getEvent(requestId);
    expect(v4.ip_info?.v4).toMatchObject(v4Info(...four));
    expect(v4.ip_info).not.toHaveProperty('v6');
    expect([v4.vpn, v4.vpn_methods?.public_vpn]).toEqual([true, true]);
  });

  it('answers with what they say of a visit by IPv6, in both APIs', async () => {
    const { requestId } = await visitByAddress(whorl, V6);
    const v3 = (await officialClient(whorl).getEvent(requestId)).products;
    expect(v3.ipInfo?.data?.v6).toMatchObject(v3Info(...six));
    expect(v3.ipInfo?.data).not.toHaveProperty('v4');
    expect([v3.tor?.data?.result, v3.vpn?.data?.methods?.publicVPN]).toEqual([true, false]);
    const v4 = await officialClientV4(whorl).getEvent(requestId);
    expect(v4.ip_info?.v6).toMatchObject(v4Info(...six));
    expect(v4.ip_info).not.toHaveProperty('v4');
  });

  it('answers with both addresses of a visit in both APIs where both are known, as of one that was brought along', async () => {
    const [one, other] = [await v3EventOf(V4), await v3EventOf(V6)];
    const requestId = one.products.identification.data.requestId.replace(/\.\w{6}$/, '.Both46');
    one.products.identification.data.requestId = requestId;
    one.products.ipInfo.data.v6 = other.products.ipInfo.data.v6;
    const file = join(dir, 'both.json');
    await writeFile(file, JSON.stringify(one));
    expect(await whorl.command('import', file)).toMatchObject({ code: 0 });
    const v3 = (await officialClient(whorl).getEvent(requestId)).products;
    expect(v3.ipInfo?.data).toMatchObject({ v4: v3Info(...four), v6: v3Info(...six) });
    const v4 = await officialClientV4(whorl).getEvent(requestId);
    expect(v4.ip_info).toMatchObject({ v4: v4Info(...four), v6: v4Info(...six) });
  });

  it('answers with both addresses of a request that names both, then and when it is fetched', async () => {
    const headers = { authorization: `Bearer ${whorl.secretKey}`, 'content-type': 'application/json' };
    const report = {
      method: 'GET',
      url: 'https://shop.example/',
      headers: [{ name: 'User-Agent', value: chromiumUserAgent }],
      ipv4_address: V4,
      ipv6_address: V6,
    };
    const answer = await fetch(`${whorl.url}/v4/edge`, { method: 'POST', headers, body: JSON.stringify(report) });
    const judged = (await answer.json()) as { event_id: string; ip_info: unknown };
    const both = { v4: v4Info(...four), v6: v4Info(...six) };
    expect(judged.ip_info).toMatchObject(both);
    const fetched = await fetch(`${whorl.url}/v4/events/${judged.event_id}`, { headers });
    expect(((await fetched.json()) as { ip_info: unknown }).ip_info).toMatchObject(both);
  });
});
