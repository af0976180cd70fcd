import { describe, expect, it } from 'vitest';
import { countryOffsets } from './country-offsets.ts';

const winter = Date.UTC(2026, 0, 15, 12);
const summer = Date.UTC(2026, 6, 15, 12);

describe('countryOffsets', () => {
  it('follows daylight saving time', () => {
    expect(countryOffsets('CZ', winter)).toEqual([60]);
    expect(countryOffsets('CZ', summer)).toEqual([120]);
  });

  it('changes at the very minute at which the clocks do', () => {
    const change = Date.UTC(2026, 2, 29, 1);
    expect(countryOffsets('CZ', change - 1)).toEqual([60]);
    expect(countryOffsets('CZ', change)).toEqual([120]);
    expect(countryOffsets('CZ', change - 1)).toEqual([60]);
  });

  it('gives every offset of a country once, ascending, west of Greenwich negative', () => {
    expect(countryOffsets('US', winter)).toEqual([-600, -540, -480, -420, -360, -300]);
    expect(countryOffsets('CA', winter)).toContain(-210);
  });

  it('knows zones at Greenwich and at parts of an hour', () => {
    expect(countryOffsets('GB', winter)).toEqual([0]);
    expect(countryOffsets('IN', winter)).toEqual([330]);
    expect(countryOffsets('NP', winter)).toEqual([345]);
  });

  it('is null where the country or its zones are not known', () => {
    expect(countryOffsets('XX', winter)).toBeNull();
    expect(countryOffsets('', winter)).toBeNull();
    expect(countryOffsets('XK', winter)).toBeNull();
  });
});
