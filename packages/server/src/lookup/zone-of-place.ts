import { createRequire } from 'node:module';
import { getTimezonesForCountry } from 'countries-and-timezones';

// The package has no type declarations; its one export is this function, which throws for coordinates out of range.
const zoneOfPoint: (latitude: number, longitude: number) => string = createRequire(import.meta.url)('tz-lookup');

/**
 * The IANA zone of a place in a country (ISO 3166-1 alpha-2), or undefined where the two contradict each other.
 *
 * The map of zones is coarse and city coordinates are centres, so near a border the zone found may be the neighbour's:
 * a country of one zone then decides, in a country of several nothing does.
 */
export const zoneOfPlace = (country: string, latitude: number, longitude: number): string | undefined => {
  const zone = zoneOfPoint(latitude, longitude);
  const named = getTimezonesForCountry(country, { deprecated: true });
  // No zones on record for this country: nothing contradicts the map.
  if (named === null || named.some(({ name }) => name === zone)) return zone;
  const [only, another] = getTimezonesForCountry(country) ?? [];
  return another === undefined ? only?.name : undefined;
};
