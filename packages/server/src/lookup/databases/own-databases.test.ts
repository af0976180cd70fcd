import { mkdir, mkdtemp, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Address, readAddress } from '../address.ts';
import { NetworkDataError } from '../network-data-error.ts';
import { type MmdbValue, writeMmdb } from '../testing/write-mmdb.ts';
import { OwnDatabases } from './own-databases.ts';

let dir: string;
let told: { level: string; file: string; text: string }[];
let counted: string[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'whorl-databases-'));
  told = [];
  counted = [];
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const pathOf = (name: string) => join(dir, name);

const bytesOf = (city: string, { type = 'GeoLite2-City', day = 1 } = {}) => {
  const record: MmdbValue = { country: { iso_code: 'CZ' }, city: { names: { en: city } } };
  // Each network has its record, so that damage anywhere in the data meets one of them.
  const networks = Object.fromEntries(Array.from({ length: 128 }, (_, byte) => [`${byte}.0.0.0/8`, record]));
  return writeMmdb(networks, { type, ipVersion: 4, builtAt: new Date(Date.UTC(2026, 10, day)) });
};

const databasesOf = (...paths: string[]) =>
  new OwnDatabases({
    paths,
    log: {
      info: ({ file, type }, message) => told.push({ level: 'info', file, text: `${message}: ${type}` }),
      warn: ({ file, problem, setting }, message) =>
        told.push({ level: 'warn', file, text: `${setting}: ${message}: ${problem}` }),
    },
    count: (path, outcome) => counted.push(`${path.slice(dir.length + 1)} ${outcome}`),
    // Ten minutes on: whatever a test has written is at rest.
    now: () => Date.now() + 600_000,
  });

const loaded = async (...paths: string[]): Promise<OwnDatabases> => {
  const databases = databasesOf(...paths);
  await databases.load();
  return databases;
};

const cityOf = (databases: OwnDatabases): string | undefined => {
  const place = databases.find(readAddress('8.8.8.8') as Address).place;
  return place?.value.city?.name;
};

const warnings = () => told.filter(({ level }) => level === 'warn').map(({ text }) => text);

describe('OwnDatabases', () => {
  it('reads files and directories of files, and tells of each', async () => {
    await mkdir(pathOf('more'));
    await writeFile(pathOf('city.mmdb'), bytesOf('Brno'));
    await writeFile(pathOf('more/asn.mmdb'), bytesOf('', { type: 'GeoLite2-ASN' }));
    await writeFile(pathOf('more/readme.txt'), 'nothing');
    const databases = await loaded(pathOf('city.mmdb'), pathOf('more'));
    expect(cityOf(databases)).toBe('Brno');
    expect(databases.status()).toEqual([
      { path: pathOf('city.mmdb'), type: 'GeoLite2-City', builtAt: Date.UTC(2026, 10, 1), problem: null },
      { path: pathOf('more/asn.mmdb'), type: 'GeoLite2-ASN', builtAt: Date.UTC(2026, 10, 1), problem: null },
    ]);
    expect(told.map(({ text }) => text)).toEqual([
      'an address database of your own is used: GeoLite2-City',
      'an address database of your own is used: GeoLite2-ASN',
    ]);
    expect(counted).toEqual(['city.mmdb loaded', 'more/asn.mmdb loaded']);
  });

  it('leaves out what lies in a directory and is no good, and tells of it once', async () => {
    await writeFile(pathOf('city.mmdb'), bytesOf('Brno'));
    await writeFile(pathOf('domain.mmdb'), bytesOf('', { type: 'GeoIP2-Domain' }));
    await writeFile(pathOf('empty.mmdb'), '');
    const databases = await loaded(dir);
    await databases.refresh();
    expect(cityOf(databases)).toBe('Brno');
    expect(warnings()).toEqual([
      expect.stringMatching(/^WHORL_GEO_DATABASE: .* left out: it is of type "GeoIP2-Domain".* or unset it\.$/),
      expect.stringMatching(/^WHORL_GEO_DATABASE: .* left out: it cannot be read/),
    ]);
    expect(counted).toEqual(['city.mmdb loaded', 'domain.mmdb refused', 'empty.mmdb refused']);
  });

  it('names all files that are no good at once', async () => {
    await writeFile(pathOf('domain.mmdb'), bytesOf('', { type: 'GeoIP2-Domain' }));
    await mkdir(pathOf('none'));
    const loading = databasesOf(pathOf('missing.mmdb'), pathOf('domain.mmdb'), pathOf('none')).load();
    await expect(loading).rejects.toThrow(NetworkDataError);
    await expect(loading).rejects.toThrow(/missing\.mmdb: it cannot be read \(it is not there\)/);
    await expect(loading).rejects.toThrow(/domain\.mmdb: it is of type "GeoIP2-Domain"/);
    await expect(loading).rejects.toThrow(/none: no \.mmdb file lies in this directory/);
    expect(told).toEqual([]);
  });

  it('refuses a directory in which nothing can be used', async () => {
    await writeFile(pathOf('domain.mmdb'), bytesOf('', { type: 'GeoIP2-Domain' }));
    await expect(loaded(dir)).rejects.toThrow(/none of the files in it can be used/);
  });

  const good = bytesOf('Brno');
  const damaged = Buffer.from(good);
  // The data lies between the tree and the metadata; pointers into nowhere are written over all of it.
  damaged.fill(0x3f, 1_000, good.length - 400);
  const shortened = Buffer.concat([good.subarray(0, 100), good.subarray(good.length - 300)]);

  it.each<[what: string, bytes: Buffer | string, problem: RegExp]>([
    ['is empty', '', /cannot be read/],
    ['is text', 'hello '.repeat(1_000), /cannot be read/],
    ['is a web page', '<html>not found</html>', /cannot be read/],
    ['was cut off', good.subarray(0, good.length / 2), /cannot be read/],
    ['lost its middle', shortened, /shorter than its metadata says|damaged/],
    ['has damaged data', damaged, /damaged/],
    ['is packed', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]), /cannot be read .*gzip/],
  ])('keeps the last good file when the new one %s', async (_, bytes, problem) => {
    await writeFile(pathOf('city.mmdb'), good);
    const databases = await loaded(pathOf('city.mmdb'));
    await writeFile(pathOf('new'), bytes);
    await rename(pathOf('new'), pathOf('city.mmdb'));
    await databases.refresh();
    await databases.refresh();
    expect(cityOf(databases)).toBe('Brno');
    expect(warnings()).toEqual([expect.stringMatching(problem)]);
    expect(warnings()[0]).toMatch(/the one that was read before is kept/);
    expect(counted).toEqual(['city.mmdb loaded', 'city.mmdb refused']);
    expect(databases.status()).toMatchObject([{ type: 'GeoLite2-City', problem: expect.stringMatching(problem) }]);

    await writeFile(pathOf('city.mmdb'), bytesOf('Praha', { day: 8 }));
    await databases.refresh();
    expect(cityOf(databases)).toBe('Praha');
    expect(databases.status()).toMatchObject([{ problem: null }]);
    await expect(loaded(pathOf('missing.mmdb'))).rejects.toThrow(NetworkDataError);
  });

  it('reads a file that was replaced, and only then', async () => {
    await writeFile(pathOf('city.mmdb'), good);
    const databases = await loaded(pathOf('city.mmdb'));
    await databases.refresh();
    expect(counted).toHaveLength(1);
    await writeFile(pathOf('city.mmdb'), bytesOf('Praha'));
    await databases.refresh();
    await databases.refresh();
    expect(cityOf(databases)).toBe('Praha');
    expect(counted).toHaveLength(2);
  });

  it('waits until a file is at rest', async () => {
    await writeFile(pathOf('city.mmdb'), good);
    const databases = new OwnDatabases({ paths: [pathOf('city.mmdb')], now: () => Date.now() });
    await databases.load();
    await writeFile(pathOf('city.mmdb'), bytesOf('Praha'));
    await databases.refresh();
    expect(cityOf(databases)).toBe('Brno');
    const before = new Date(Date.now() - 60_000);
    await utimes(pathOf('city.mmdb'), before, before);
    await databases.refresh();
    expect(cityOf(databases)).toBe('Praha');
  });

  it('keeps a file that is gone, until a newer one of its type is there', async () => {
    await writeFile(pathOf('city-1.mmdb'), good);
    const databases = await loaded(dir);
    await rm(pathOf('city-1.mmdb'));
    await databases.refresh();
    await databases.refresh();
    expect(cityOf(databases)).toBe('Brno');
    expect(warnings()).toEqual([expect.stringMatching(/it is not there/)]);
    await writeFile(pathOf('city-2.mmdb'), bytesOf('Praha', { day: 8 }));
    await databases.refresh();
    expect(cityOf(databases)).toBe('Praha');
    expect(databases.status().map(({ path }) => path)).toEqual([pathOf('city-2.mmdb')]);
  });

  it('takes up a file that comes later', async () => {
    await writeFile(pathOf('asn.mmdb'), bytesOf('', { type: 'GeoLite2-ASN' }));
    const databases = await loaded(dir);
    expect(databases.placeSource).toBeUndefined();
    await writeFile(pathOf('city.mmdb'), good);
    await databases.refresh();
    expect(cityOf(databases)).toBe('Brno');
  });

  it('says nothing where a file is cut off while it is in memory', async () => {
    await writeFile(pathOf('city.mmdb'), good);
    const databases = await loaded(pathOf('city.mmdb'));
    await truncate(pathOf('city.mmdb'), 10);
    expect(cityOf(databases)).toBe('Brno');
  });
});
