import { geoip2Place } from '../geoip2-place.ts';
import { known } from '../known.ts';
import { type DatabaseFacts, type Flag, networkTypeOf } from './database-facts.ts';
import { asnOf, type Fields, fieldsOf, flagOf, textOf, timeOf } from './record-fields.ts';

const flagsOf = (fields: Fields): DatabaseFacts['flags'] => {
  const seenAt = timeOf(fields.network_last_seen);
  const seen: Flag = seenAt === undefined ? {} : { seenAt };
  const residential = flagOf(fields.is_residential_proxy);
  return known({
    tor: flagOf(fields.is_tor_exit_node) ? seen : undefined,
    publicVpn: flagOf(fields.is_anonymous_vpn) ? seen : undefined,
    proxy: residential ? { ...seen, residential } : flagOf(fields.is_public_proxy) ? seen : undefined,
  });
};

/**
 * A record in MaxMind's form, which DB-IP's files have too. Files of one subject have its fields at the top, fuller ones under
 * `traits`. Fields: https://dev.maxmind.com/geoip/docs/databases
 */
export const geoip2Facts = (record: Fields): DatabaseFacts => {
  const fields: Fields = { ...fieldsOf(record.traits), ...record };
  const asn = asnOf(fields.autonomous_system_number);
  const operator = textOf(fields.autonomous_system_organization) ?? textOf(fields.isp);
  const host = textOf(fields.organization) ?? textOf(fields.isp) ?? operator;
  const place = geoip2Place(record);
  const hosting = flagOf(fields.is_hosting_provider) || textOf(fields.user_type) === 'hosting';
  return {
    ...known({
      place: Object.keys(place).length === 0 ? undefined : place,
      system: asn === undefined ? undefined : { asn, ...known({ name: operator }) },
      type: networkTypeOf(textOf(fields.user_type)) ?? networkTypeOf(textOf(fields.connection_type)),
      hosting: hosting ? known({ name: host }) : undefined,
    }),
    flags: flagsOf(fields),
  };
};
