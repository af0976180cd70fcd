import { describe, expect, it } from 'vitest';
import { ipinfoFacts } from './ipinfo-facts.ts';

describe('ipinfoFacts', () => {
  it('reads the newer form, with names and codes', () => {
    expect(
      ipinfoFacts({
        city: 'Brno',
        region: 'South Moravian',
        region_code: '64',
        country: 'Czechia',
        country_code: 'CZ',
        continent: 'Europe',
        continent_code: 'EU',
        latitude: 49.2,
        longitude: 16.6,
        radius: 20,
        timezone: 'Europe/Prague',
        postal_code: '602 00',
        asn: 'AS64496',
        as_name: 'Example',
        as_type: 'hosting',
        is_hosting: true,
        is_vpn: true,
        is_tor: false,
      }),
    ).toEqual({
      place: {
        accuracyRadius: 20,
        latitude: 49.2,
        longitude: 16.6,
        postalCode: '602 00',
        timezone: 'Europe/Prague',
        city: { name: 'Brno' },
        subdivisions: [{ isoCode: '64', name: 'South Moravian' }],
        country: { code: 'CZ', name: 'Czechia' },
        continent: { code: 'EU', name: 'Europe' },
      },
      system: { asn: 64_496, name: 'Example' },
      type: 'hosting',
      hosting: { name: 'Example' },
      flags: { publicVpn: {} },
    });
  });

  it('reads the older form, in which numbers and flags are texts and the country is its code', () => {
    expect(ipinfoFacts({ city: '', region: 'Kanagawa', country: 'JP', lat: '35.4', lng: '139.6' }).place).toEqual({
      latitude: 35.4,
      longitude: 139.6,
      country: { code: 'JP', name: 'Japan' },
      continent: { code: 'AS', name: 'Asia' },
    });
    expect(ipinfoFacts({ vpn: 'true', proxy: '', tor: 'false', relay: 'true', hosting: 'true', service: 'X' })).toEqual(
      {
        hosting: {},
        flags: { publicVpn: {}, relay: {} },
      },
    );
    expect(ipinfoFacts({ asn: 'AS64496', name: 'Example', type: 'isp', domain: 'example.com' })).toEqual({
      system: { asn: 64_496, name: 'Example' },
      type: 'isp',
      flags: {},
    });
  });

  it('takes what was seen as a residential proxy for one, with the day', () => {
    expect(ipinfoFacts({ service: 'x', last_seen: '2026-11-19', percent_days_seen: '14' }).flags).toEqual({
      proxy: { residential: true, seenAt: Date.UTC(2026, 10, 19) },
    });
  });

  it('makes nothing of fields that have another form', () => {
    expect(
      ipinfoFacts({ country: 'Nowhere', lat: '95', lng: '0', radius: -1, asn: 'AS0', as_type: 'constructor', vpn: 1 }),
    ).toEqual({ flags: {} });
  });
});
