import { describe, expect, it } from 'vitest';
import { type BundledRecord, bundledPlace } from './bundled-place.ts';

const prague: BundledRecord = {
  country_code: 'CZ',
  city: 'Prague',
  postcode: '',
  latitude: 50.0880012512207,
  longitude: 14.42080020904541,
};

describe('bundledPlace', () => {
  it('gives what the record and the country’s tables know, and nothing more', () => {
    expect(bundledPlace(prague)).toEqual({
      latitude: 50.088,
      longitude: 14.4208,
      timezone: 'Europe/Prague',
      city: { name: 'Prague' },
      country: { code: 'CZ', name: 'Czechia' },
      continent: { code: 'EU', name: 'Europe' },
    });
  });

  it('gives the postal code where there is one', () => {
    expect(bundledPlace({ ...prague, postcode: '110 00' })).toMatchObject({ postalCode: '110 00' });
  });

  it('leaves out city, country and continent where they are not known', () => {
    const place = bundledPlace({ ...prague, country_code: '', city: '' });
    expect(Object.keys(place).sort()).toEqual(['latitude', 'longitude', 'timezone']);
    expect(bundledPlace({ ...prague, country_code: 'constructor' }).country).toBeUndefined();
  });

  it('takes the zone of a country that has one, where the map near the border says another', () => {
    // The tripoint of Czechia, Austria and Slovakia.
    const border = { ...prague, latitude: 48.6, longitude: 16.95 };
    expect(bundledPlace({ ...border, country_code: 'CZ' }).timezone).toBe('Europe/Prague');
    expect(bundledPlace({ ...border, country_code: 'AT' }).timezone).toBe('Europe/Vienna');
  });

  it('gives no zone where the map contradicts a country of several', () => {
    expect(bundledPlace({ ...prague, country_code: 'US' }).timezone).toBeUndefined();
  });
});
