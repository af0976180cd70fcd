import { stat } from 'node:fs/promises';
import type { DataSource } from '@whorl/engine';
import { type CityResponse, open, type Reader } from 'maxmind';
import type { Address } from '../address.ts';
import { type BundledRecord, bundledPlace } from '../bundled-place.ts';
import type { DatabaseFacts } from './database-facts.ts';
import { type DatabaseKind, databaseKindOf } from './database-kind.ts';
import { geoip2Facts } from './geoip2-facts.ts';
import { ipinfoFacts } from './ipinfo-facts.ts';
import { type Fields, numberWithin } from './record-fields.ts';

/** What a file says of an address, and the length of the prefix of the network that it says it of. */
export type DatabaseFinding = { facts: DatabaseFacts; prefix: number };

/** An `.mmdb` file in memory. */
export type Database = {
  kind: DatabaseKind;
  source: DataSource;
  /** Whether addresses of the family can be in it at all. */
  covers(family: 4 | 6): boolean;
  /** Undefined where the file has nothing on the address, or what it has cannot be read. */
  find(address: Pick<Address, 'text' | 'family'>): DatabaseFinding | undefined;
};

/** A file, or as a part of a sentence about "it" what is wrong with it. */
export type Opening = { ok: true; database: Database } | { ok: false; problem: string };

/** Nothing larger is read: the largest files that are sold have some 2 GB, and Node's buffers no more than 4. */
const LARGEST = 4 * 2 ** 30 - 1;

/** Addresses that are looked up before a file is believed; a damaged one fails for some of them. */
const PROBES = 2_000;

/** The part of a file between its tree and its data. */
const SEPARATOR = 16;

const readers: Record<DatabaseKind['form'], (record: Fields) => DatabaseFacts> = {
  geoip2: geoip2Facts,
  ipinfo: ipinfoFacts,
  'flat-city': (record) => {
    const { latitude, longitude } = record;
    const isPlace = numberWithin(latitude, -90, 90) !== undefined && numberWithin(longitude, -180, 180) !== undefined;
    return isPlace ? { place: bundledPlace(record as BundledRecord), flags: {} } : { flags: {} };
  },
};

/**
 * The reader hands out the same object for the same record while that is in its cache: what was made of it is then used
 * again. It is shared between lookups and therefore frozen.
 */
const remembering = (read: (record: Fields) => DatabaseFacts): ((record: Fields) => DatabaseFacts) => {
  const made = new WeakMap<Fields, DatabaseFacts>();
  return (record) => {
    const known = made.get(record);
    if (known !== undefined) return known;
    const facts = read(record);
    Object.freeze(facts.place);
    made.set(record, facts);
    return facts;
  };
};

/** Addresses spread evenly over a family's space, the same in every run (a Weyl sequence). */
const probe = (index: number, family: 4 | 6): string => {
  const word = Math.imul(index, 0x9e37_79b9) >>> 0;
  if (family === 4) return [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255].join('.');
  // Public IPv6 addresses are those of 2000::/3.
  return `2${(word >>> 20).toString(16).padStart(3, '0')}:${(word & 0xffff).toString(16)}::`;
};

const recordOf = (reader: Reader<CityResponse>, text: string): [Fields | null, number] => {
  const [record, prefix] = reader.getWithPrefixLength(text) as [unknown, number];
  if (record === null || record === undefined) return [null, prefix];
  if (typeof record !== 'object' || Array.isArray(record)) throw new TypeError('a record is no map');
  return [record as Fields, prefix];
};

/** What is wrong with a file that has metadata; undefined where nothing was found. */
const damageOf = (reader: Reader<CityResponse>, size: number, covers: Database['covers']): string | undefined => {
  const { buildEpoch, ipVersion, nodeCount, searchTreeSize } = reader.metadata;
  if (Number.isNaN(buildEpoch.getTime()) || (ipVersion !== 4 && ipVersion !== 6)) return 'its metadata is incomplete';
  if (!(nodeCount > 0) || searchTreeSize + SEPARATOR > size) return 'it is shorter than its metadata says';
  try {
    for (let index = 0; index < PROBES; index += 1) {
      const family = index % 2 === 0 ? 4 : 6;
      if (covers(family)) recordOf(reader, probe(index, family));
    }
  } catch {
    return 'it is damaged: some of its records cannot be read';
  }
  return undefined;
};

const databaseOf = (reader: Reader<CityResponse>, kind: DatabaseKind): Database => {
  const { databaseType, buildEpoch, ipVersion } = reader.metadata;
  const read = remembering(readers[kind.form]);
  // A file of IPv4 alone would be walked with the first bits of an IPv6 address and answer at random.
  const covers = (family: 4 | 6): boolean => family === 4 || ipVersion === 6;
  const credit = kind.credit === undefined ? {} : { credit: kind.credit };
  return {
    kind,
    source: { name: databaseType, builtAt: buildEpoch.getTime(), ...credit },
    covers,
    find({ text, family }) {
      if (!covers(family)) return undefined;
      try {
        const [record, prefix] = recordOf(reader, text);
        return record === null ? undefined : { facts: read(record), prefix };
      } catch {
        // A file that was damaged where no probe fell: what it cannot say is not known, and the visit is judged without it.
        return undefined;
      }
    },
  };
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'it is not there';
  if (code === 'EACCES') return 'the server may not read it';
  return error instanceof Error ? error.message : String(error);
};

/** Reads a file into memory and checks that it is whole and of a type that is used. Never rejects. */
export const openDatabase = async (path: string): Promise<Opening> => {
  try {
    const { size } = await stat(path);
    if (size > LARGEST) return { ok: false, problem: `it cannot be read (it has over ${LARGEST} bytes)` };
    const reader = await open<CityResponse>(path);
    const { databaseType } = reader.metadata;
    const kind = typeof databaseType === 'string' ? databaseKindOf(databaseType) : undefined;
    if (kind === undefined) {
      return { ok: false, problem: `it is of type ${JSON.stringify(databaseType ?? '')}, of which nothing is used` };
    }
    const database = databaseOf(reader, kind);
    const damage = damageOf(reader, size, database.covers);
    return damage === undefined ? { ok: true, database } : { ok: false, problem: damage };
  } catch (error) {
    return { ok: false, problem: `it cannot be read (${reasonOf(error)})` };
  }
};
