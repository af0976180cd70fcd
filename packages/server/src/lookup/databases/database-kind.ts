import type { ListFacts } from '@whorl/engine';

/** Lists whose question a database of addresses can answer. */
export type AnsweredList = Extract<keyof ListFacts, 'tor' | 'relay' | 'publicVpn' | 'proxy'>;

/** What a file has, as far as its type says. */
export type DatabaseKind = {
  /** How its records are written. */
  form: 'geoip2' | 'ipinfo' | 'flat-city';
  /** How much its records say of places, from 0 for nothing to 3: of several files the fullest is asked first. */
  place: 0 | 1 | 2 | 3;
  /** Whether it has autonomous systems. */
  systems: boolean;
  /** Lists that an address is cleared of by not being flagged: the file means to have them all. */
  clears: readonly AnsweredList[];
  /** The credit that its licence asks for. */
  credit?: string;
};

/** The type that a file says of itself, and what that means. */
type Rule = { type: RegExp; kind: DatabaseKind };

const nothing: DatabaseKind = { form: 'geoip2', place: 0, systems: false, clears: [] };
const city: DatabaseKind = { ...nothing, place: 2 };
const country: DatabaseKind = { ...nothing, place: 1 };
const systems: DatabaseKind = { ...nothing, systems: true };

/** IPinfo's files have, by their names, some of its data and never the whole. */
const ipinfoKind = (has: { place?: 1 | 2 | 3; systems?: boolean; clears?: boolean }): DatabaseKind => ({
  form: 'ipinfo',
  place: has.place ?? 0,
  systems: has.systems ?? false,
  clears: has.clears === true ? ['tor', 'relay', 'publicVpn', 'proxy'] : [],
});

const maxmind = 'GeoLite data by MaxMind, https://www.maxmind.com';
const dbip = 'IP Geolocation by DB-IP, https://db-ip.com';
const ipinfo = 'IP address data powered by IPinfo, https://ipinfo.io';

/** The first that fits counts. Names of types are those that the makers' own files and readers have. */
const rules: readonly Rule[] = [
  { type: /^GeoLite2-City\b/, kind: { ...city, credit: maxmind } },
  { type: /^GeoLite2-Country\b/, kind: { ...country, credit: maxmind } },
  { type: /^GeoLite2-ASN\b/, kind: { ...systems, credit: maxmind } },
  { type: /^GeoIP2-(?:Precision-)?Enterprise\b/, kind: { ...systems, place: 3 } },
  { type: /^GeoIP2-City\b/, kind: city },
  { type: /^GeoIP2-Country\b/, kind: country },
  { type: /^GeoIP2-(?:ISP|ASN)\b/, kind: systems },
  { type: /^GeoIP2?-Anonymous-(?:IP|Plus)\b/, kind: { ...nothing, clears: ['tor', 'publicVpn', 'proxy'] } },
  { type: /^GeoIP2-Connection-Type\b/, kind: nothing },
  { type: /^DBIP-City-Lite\b/, kind: { ...city, credit: dbip } },
  { type: /^DBIP-Country-Lite\b/, kind: { ...country, credit: dbip } },
  { type: /^DBIP-ASN-Lite\b/, kind: { ...systems, credit: dbip } },
  { type: /^DBIP-(?:Full|Location-ISP)\b/, kind: { ...systems, place: 3 } },
  { type: /^DBIP-(?:ISP|ASN)\b/, kind: { ...systems, place: 1 } },
  { type: /^DBIP-.*\bCountry\b/, kind: country },
  { type: /^DBIP-(?:City|Location)\b/, kind: city },
  { type: /^ipinfo .*(?:plus|max)/, kind: ipinfoKind({ place: 3, systems: true, clears: true }) },
  { type: /^ipinfo .*privacy/, kind: ipinfoKind({ clears: true }) },
  { type: /^ipinfo .*(?:resproxy|residential_proxy|residential_proxies)/, kind: ipinfoKind({}) },
  { type: /^ipinfo .*core/, kind: ipinfoKind({ place: 3, systems: true }) },
  { type: /^ipinfo .*lite/, kind: { ...ipinfoKind({ place: 1, systems: true }), credit: ipinfo } },
  { type: /^ipinfo .*free.*country_asn/, kind: { ...ipinfoKind({ place: 1, systems: true }), credit: ipinfo } },
  { type: /^ipinfo .*country_asn/, kind: ipinfoKind({ place: 1, systems: true }) },
  { type: /^ipinfo .*(?:location|geolocation)/, kind: ipinfoKind({ place: 2 }) },
  { type: /^ipinfo .*country_free/, kind: { ...ipinfoKind({ place: 1 }), credit: ipinfo } },
  { type: /^ipinfo .*country/, kind: ipinfoKind({ place: 1 }) },
  { type: /^ipinfo .*asn_free/, kind: { ...ipinfoKind({ systems: true }), credit: ipinfo } },
  { type: /^ipinfo (?:.*[ _])?asn/, kind: ipinfoKind({ systems: true }) },
  // City files of ip-location-db, whose newer editions than those on npm are published as files.
  { type: /^city ipv[46]$/, kind: { ...city, form: 'flat-city' } },
];

/** What a file of a type (`database_type` of its metadata) is used for; undefined where that is nothing. */
export const databaseKindOf = (type: string): DatabaseKind | undefined =>
  rules.find((rule) => rule.type.test(type))?.kind;
