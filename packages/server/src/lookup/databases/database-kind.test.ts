import { describe, expect, it } from 'vitest';
import { databaseKindOf } from './database-kind.ts';

describe('databaseKindOf', () => {
  it.each<[type: string, form: string, place: number, systems: boolean, clears: number]>([
    ['GeoLite2-City', 'geoip2', 2, false, 0],
    ['GeoLite2-Country', 'geoip2', 1, false, 0],
    ['GeoLite2-ASN', 'geoip2', 0, true, 0],
    ['GeoIP2-City', 'geoip2', 2, false, 0],
    ['GeoIP2-City-North-America', 'geoip2', 2, false, 0],
    ['GeoIP2-Country', 'geoip2', 1, false, 0],
    ['GeoIP2-Enterprise', 'geoip2', 3, true, 0],
    ['GeoIP2-Precision-Enterprise', 'geoip2', 3, true, 0],
    ['GeoIP2-ISP', 'geoip2', 0, true, 0],
    ['GeoIP2-Anonymous-IP', 'geoip2', 0, false, 3],
    ['GeoIP-Anonymous-Plus', 'geoip2', 0, false, 3],
    ['GeoIP2-Connection-Type', 'geoip2', 0, false, 0],
    ['DBIP-City-Lite', 'geoip2', 2, false, 0],
    ['DBIP-Country-Lite', 'geoip2', 1, false, 0],
    ['DBIP-ASN-Lite (compat=GeoLite2-ASN)', 'geoip2', 0, true, 0],
    ['DBIP-City', 'geoip2', 2, false, 0],
    ['DBIP-Country', 'geoip2', 1, false, 0],
    ['DBIP-Location (compat=City)', 'geoip2', 2, false, 0],
    ['DBIP-Location (compat=Country)', 'geoip2', 1, false, 0],
    ['DBIP-ISP (compat=Enterprise)', 'geoip2', 1, true, 0],
    ['DBIP-Location-ISP (compat=Enterprise)', 'geoip2', 3, true, 0],
    ['ipinfo bundle_location_lite.mmdb', 'ipinfo', 1, true, 0],
    ['ipinfo bundle_location_core.mmdb', 'ipinfo', 3, true, 0],
    ['ipinfo bundle_location_plus_sample.mmdb', 'ipinfo', 3, true, 4],
    ['ipinfo standard_location.mmdb', 'ipinfo', 2, false, 0],
    ['ipinfo extended_location_v2.mmdb', 'ipinfo', 2, false, 0],
    ['ipinfo ip_geolocation_extended_sample.mmdb', 'ipinfo', 2, false, 0],
    ['ipinfo generic_country_free.mmdb', 'ipinfo', 1, false, 0],
    ['ipinfo ip_country_sample.mmdb', 'ipinfo', 1, false, 0],
    ['ipinfo generic_country_free_country_asn.mmdb', 'ipinfo', 1, true, 0],
    ['ipinfo ip_country_asn_sample.mmdb', 'ipinfo', 1, true, 0],
    ['ipinfo generic_asn_free.mmdb', 'ipinfo', 0, true, 0],
    ['ipinfo generic_asn_mmdb_v4.mmdb', 'ipinfo', 0, true, 0],
    ['ipinfo standard_privacy.mmdb', 'ipinfo', 0, false, 4],
    ['ipinfo privacy_detection_extended_sample.mmdb', 'ipinfo', 0, false, 4],
    ['ipinfo standard_residential_proxy.mmdb', 'ipinfo', 0, false, 0],
    ['city ipv4', 'flat-city', 2, false, 0],
  ])('takes %s for what it is', (type, form, place, systems, clears) => {
    const kind = databaseKindOf(type);
    expect(kind).toMatchObject({ form, place, systems });
    expect(kind?.clears).toHaveLength(clears);
  });

  it.each([
    'GeoIP2-Domain',
    'GeoIP2-DensityIncome-US',
    'GeoLite2-CityX',
    'ipinfo standard_carrier_mmdb.mmdb',
    'ipinfo standard_company.mmdb',
    'ipinfo abuse_contact_sample.mmdb',
    'ipinfo hosted_domains_sample.mmdb',
    'IP2LITE-Location',
    'constructor',
    '',
  ])('has no use for %j', (type) => {
    expect(databaseKindOf(type)).toBeUndefined();
  });

  it.each(['GeoLite2-City', 'DBIP-City-Lite', 'ipinfo bundle_location_lite.mmdb', 'ipinfo generic_asn_free.mmdb'])(
    'knows that the licence of %s asks for a credit',
    (type) => {
      expect(databaseKindOf(type)?.credit).toMatch(/https:\/\//);
    },
  );
});
