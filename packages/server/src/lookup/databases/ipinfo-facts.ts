import type { Geolocation } from '@whorl/contract';
import { countryOf } from '../country.ts';
import { known } from '../known.ts';
import { type DatabaseFacts, type Flag, networkTypeOf } from './database-facts.ts';
import { asnOf, type Fields, flagOf, numberWithin, textOf, timeOf } from './record-fields.ts';

const LONGEST_RADIUS = 20_038;

/** Newer files have names in `country` and the code beside it, older ones the code in `country`. */
const codeIn = (fields: Fields): string | undefined =>
  [fields.country_code, fields.country].map(textOf).find((text) => text !== undefined && /^[A-Z]{2}$/.test(text));

/** The region needs its ISO 3166-2 code, which only newer files have. */
const regionOf = (fields: Fields): Geolocation['subdivisions'] => {
  const [isoCode, name] = [textOf(fields.region_code), textOf(fields.region)];
  return isoCode === undefined || name === undefined ? undefined : [{ isoCode, name }];
};

const placeOf = (fields: Fields): Geolocation => {
  const code = codeIn(fields);
  const city = textOf(fields.city);
  const latitude = numberWithin(fields.latitude ?? fields.lat, -90, 90);
  const longitude = numberWithin(fields.longitude ?? fields.lng, -180, 180);
  const radius = numberWithin(fields.radius, 0, LONGEST_RADIUS);
  return {
    ...known({
      accuracyRadius: radius === undefined ? undefined : Math.round(radius),
      ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
      postalCode: textOf(fields.postal_code) ?? textOf(fields.postal),
      timezone: textOf(fields.timezone),
      city: city === undefined ? undefined : { name: city },
      subdivisions: regionOf(fields),
    }),
    ...(code === undefined ? {} : countryOf(code)),
  };
};

const flagsOf = (fields: Fields): DatabaseFacts['flags'] => {
  const seenAt = timeOf(fields.last_seen);
  const seen: Flag = seenAt === undefined ? {} : { seenAt };
  const has = (name: string): boolean => flagOf(fields[name]) || flagOf(fields[`is_${name}`]);
  // Files of residential proxies alone have the service and for how many days it was seen, and no flags.
  const residential = fields.percent_days_seen !== undefined || flagOf(fields.is_res_proxy);
  return known({
    tor: has('tor') ? seen : undefined,
    relay: has('relay') ? seen : undefined,
    publicVpn: has('vpn') ? seen : undefined,
    proxy: residential ? { ...seen, residential } : has('proxy') ? seen : undefined,
  });
};

/** A record of IPinfo's files, which are flat. Fields: https://ipinfo.io/developers/database-types */
export const ipinfoFacts = (record: Fields): DatabaseFacts => {
  const asn = asnOf(record.asn);
  const name = textOf(record.as_name) ?? textOf(record.name);
  const place = placeOf(record);
  const type = networkTypeOf(textOf(record.as_type) ?? textOf(record.type));
  return {
    ...known({
      place: Object.keys(place).length === 0 ? undefined : place,
      system: asn === undefined ? undefined : { asn, ...known({ name }) },
      type,
      hosting: flagOf(record.hosting) || flagOf(record.is_hosting) ? known({ name }) : undefined,
    }),
    flags: flagsOf(record),
  };
};
