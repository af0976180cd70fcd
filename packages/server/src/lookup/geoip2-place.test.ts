import { describe, expect, it } from 'vitest';
import { geoip2Place } from './geoip2-place.ts';

describe('geoip2Place', () => {
  it('gives every field of a full record, with English names', () => {
    expect(
      geoip2Place({
        city: { geoname_id: 3067696, names: { de: 'Prag', en: 'Prague' } },
        continent: { code: 'EU', geoname_id: 6255148, names: { en: 'Europe' } },
        country: { geoname_id: 3077311, iso_code: 'CZ', names: { en: 'Czechia' } },
        location: { accuracy_radius: 20, latitude: 50.05, longitude: 14.4, time_zone: 'Europe/Prague' },
        postal: { code: '150 00' },
        subdivisions: [{ geoname_id: 3067695, iso_code: '10', names: { en: 'Hlavni mesto Praha' } }],
      }),
    ).toEqual({
      accuracyRadius: 20,
      latitude: 50.05,
      longitude: 14.4,
      postalCode: '150 00',
      timezone: 'Europe/Prague',
      city: { name: 'Prague' },
      country: { code: 'CZ', name: 'Czechia' },
      continent: { code: 'EU', name: 'Europe' },
      subdivisions: [{ isoCode: '10', name: 'Hlavni mesto Praha' }],
    });
  });

  it('leaves out every part that a record leaves out', () => {
    expect(geoip2Place({})).toEqual({});
    expect(geoip2Place({ location: {}, city: {}, postal: {}, subdivisions: [{ iso_code: '10' }] })).toEqual({});
  });

  it('names country and continent itself where the record has only the code', () => {
    expect(geoip2Place({ country: { iso_code: 'CZ' } })).toEqual({
      country: { code: 'CZ', name: 'Czechia' },
      continent: { code: 'EU', name: 'Europe' },
    });
  });

  it('leaves out coordinates that are nowhere', () => {
    expect(geoip2Place({ location: { latitude: 91, longitude: -180.1 } })).toEqual({});
  });
});
