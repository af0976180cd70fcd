import type { Geolocation } from '@whorl/contract';
import type { CityResponse } from 'maxmind';
import { countryOf } from './country.ts';
import { known } from './known.ts';

/** A record of a GeoLite2 or GeoIP2 City or Country file. Real ones leave out every part that is not known. */
export type Geoip2Record = {
  [Part in 'city' | 'country' | 'continent' | 'location' | 'postal']?: Partial<CityResponse[Part]>;
} & { subdivisions?: Partial<NonNullable<CityResponse['subdivisions']>[number]>[] };

const within = (value: number | undefined, limit: number): number | undefined =>
  value !== undefined && Math.abs(value) <= limit ? value : undefined;

/** The place of a GeoLite2 or GeoIP2 record, with English names. */
export const geoip2Place = ({
  city,
  country,
  continent,
  location,
  postal,
  subdivisions = [],
}: Geoip2Record): Geolocation => {
  const code = country?.iso_code;
  const listed = code === undefined ? undefined : countryOf(code);
  const countryName = country?.names?.en ?? listed?.country.name;
  const continentName = continent?.names?.en;
  const parts = subdivisions.flatMap(({ iso_code: isoCode, names }) =>
    isoCode === undefined || names?.en === undefined ? [] : [{ isoCode, name: names.en }],
  );
  return known({
    accuracyRadius: location?.accuracy_radius,
    latitude: within(location?.latitude, 90),
    longitude: within(location?.longitude, 180),
    postalCode: postal?.code,
    timezone: location?.time_zone,
    city: city?.names?.en === undefined ? undefined : { name: city.names.en },
    country: code === undefined || countryName === undefined ? undefined : { code, name: countryName },
    continent:
      continent?.code === undefined || continentName === undefined
        ? listed?.continent
        : { code: continent.code, name: continentName },
    subdivisions: parts.length === 0 ? undefined : parts,
  });
};
