import { describe, expect, it } from 'vitest';
import { placeOf } from './network-view.ts';

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
