/** A network operator: its number, its first octet in the simulated internet, and its share of its country's lines. */
export type Provider = { asn: number; octet: number; share: number };

type Table = readonly (readonly [asn: number, share: number])[];

/** Operators of lines and of mobile networks by country, from the registries' names; shares rounded from market reports. */
const LINES: { readonly [country: string]: Table } = {
  US: [
    [7922, 36],
    [20115, 30],
    [7018, 16],
    [701, 10],
    [22773, 8],
  ],
  GB: [
    [2856, 40],
    [5089, 30],
    [5607, 30],
  ],
  DE: [
    [3320, 50],
    [3209, 35],
    [6805, 15],
  ],
  FR: [
    [3215, 42],
    [12322, 30],
    [15557, 28],
  ],
  IN: [
    [24560, 50],
    [9829, 50],
  ],
  BR: [
    [28573, 50],
    [27699, 50],
  ],
  JP: [
    [2516, 40],
    [4713, 60],
  ],
  CA: [
    [812, 40],
    [577, 35],
    [6327, 25],
  ],
  ES: [
    [3352, 50],
    [12479, 50],
  ],
  AU: [
    [1221, 55],
    [7545, 45],
  ],
};

const CARRIERS: { readonly [country: string]: Table } = {
  US: [
    [21928, 34],
    [6167, 36],
    [20057, 30],
  ],
  GB: [
    [12576, 55],
    [25135, 45],
  ],
  DE: [
    [3320, 55],
    [3209, 45],
  ],
  FR: [
    [3215, 60],
    [51207, 40],
  ],
  IN: [
    [55836, 60],
    [45609, 40],
  ],
  BR: [
    [26599, 60],
    [26615, 40],
  ],
  JP: [
    [9605, 60],
    [17676, 40],
  ],
  CA: [
    [812, 60],
    [577, 40],
  ],
  ES: [
    [12430, 50],
    [12479, 50],
  ],
  AU: [
    [1221, 60],
    [4804, 40],
  ],
};

/** Operators of exits for private networks. */
const EXITS: Table = [
  [9009, 35],
  [60068, 30],
  [212238, 20],
  [13335, 15],
];

/** First octets that are neither private, nor shared, nor reserved, nor multicast (RFC 6890). */
const octets = Array.from({ length: 200 }, (_, place) => place + 12).filter(
  (octet) => ![100, 127, 169, 172, 192, 198, 203].includes(octet),
);

let handedOut = 0;

const providersOf = (table: Table): Provider[] =>
  table.map(([asn, share]) => ({ asn, share, octet: octets[handedOut++ % octets.length] ?? 23 }));

const byCountry = (tables: { readonly [country: string]: Table }): ReadonlyMap<string, readonly Provider[]> =>
  new Map(Object.entries(tables).map(([country, table]) => [country, providersOf(table)]));

export const lineProviders = byCountry(LINES);
export const carriers = byCountry(CARRIERS);
export const exitProviders: readonly Provider[] = providersOf(EXITS);
