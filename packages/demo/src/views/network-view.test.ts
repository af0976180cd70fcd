import { describe, expect, it } from 'vitest';
import { creditsOf, placeOf } from './network-view.ts';

describe('placeOf', () => {
  it('goes from the smallest part to the largest, and says no name twice', () => {
    expect(
      placeOf({
        city: { name: 'Prague' },
        subdivisions: [{ isoCode: '10', name: 'Prague' }],
        country: { code: 'CZ', name: 'Czechia' },
        continent: { code: 'EU', name: 'Europe' },
      }),
    ).toBe('Prague, Czechia, Europe');
  });

  it('says only what is known', () => {
    expect(placeOf({ country: { code: 'CZ', name: 'Czechia' } })).toBe('Czechia');
    expect(placeOf({})).toBe('');
  });
});

describe('creditsOf', () => {
  it('finds the credits of the data sets, each once, with their links', () => {
    const credit = 'Routes by RouteViews, https://www.routeviews.org; IP Geolocation by DB-IP, https://db-ip.com';
    const values = [
      { name: 'city', credit: 'IP Geolocation by DB-IP, https://db-ip.com' },
      { name: 'asn', credit },
      'x',
      null,
    ];
    expect(creditsOf(values.map((value) => ({ value })))).toEqual([
      { text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' },
      { text: 'Routes by RouteViews', url: 'https://www.routeviews.org' },
    ]);
  });

  it('makes no link of what is none, and credits the bundled data where nothing is said', () => {
    const bundled = [{ text: 'IP Geolocation by DB-IP', url: 'https://db-ip.com' }];
    expect(creditsOf([])).toEqual(bundled);
    expect(creditsOf([{ value: { credit: 'Somebody, javascript:alert(1)' } }])).toEqual(bundled);
  });
});
