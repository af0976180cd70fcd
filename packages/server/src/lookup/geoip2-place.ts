import type { Geolocation } from '@whorl/contract';
import { countryOf } from './country.ts';
import { type Fields, fieldsOf, numberWithin, textOf } from './databases/record-fields.ts';
import { known } from './known.ts';

/** Half of the way round the earth, in kilometres. */
const LONGEST_RADIUS = 20_038;

const codeOf = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text !== undefined && /^[A-Z]{2}$/.test(text) ? text : undefined;
};

const nameOf = (part: Fields): string | undefined => textOf(fieldsOf(part.names).en);

const subdivisionsOf = (value: unknown): Geolocation['subdivisions'] => {
  const parts = (Array.isArray(value) ? value : []).map(fieldsOf).flatMap((part) => {
    const [isoCode, name] = [textOf(part.iso_code), nameOf(part)];
    return isoCode === undefined || name === undefined ? [] : [{ isoCode, name }];
  });
  return parts.length === 0 ? undefined : parts;
};

/**
 * The place of a record in MaxMind's form (GeoLite2, GeoIP2, DB-IP), with English names. Real records leave out every part
 * that is not known; what has another form than the Server API demands is left out as well.
 */
export const geoip2Place = (record: Fields): Geolocation => {
  const [country, continent, location] = [record.country, record.continent, record.location].map(fieldsOf) as [
    Fields,
    Fields,
    Fields,
  ];
  const code = codeOf(country.iso_code);
  const listed = code === undefined ? undefined : countryOf(code);
  const countryName = nameOf(country) ?? listed?.country.name;
  const continentCode = codeOf(continent.code);
  const continentName = nameOf(continent);
  const radius = numberWithin(location.accuracy_radius, 0, LONGEST_RADIUS);
  const city = nameOf(fieldsOf(record.city));
  return known({
    accuracyRadius: radius === undefined ? undefined : Math.round(radius),
    latitude: numberWithin(location.latitude, -90, 90),
    longitude: numberWithin(location.longitude, -180, 180),
    postalCode: textOf(fieldsOf(record.postal).code),
    timezone: textOf(location.time_zone),
    city: city === undefined ? undefined : { name: city },
    country: code === undefined || countryName === undefined ? undefined : { code, name: countryName },
    continent:
      continentCode === undefined || continentName === undefined
        ? listed?.continent
        : { code: continentCode, name: continentName },
    subdivisions: subdivisionsOf(record.subdivisions),
  });
};
