/** One entry of a client hint's brand list. */
export type BrandVersion = { brand: string; version: string };

/**
 * Chromium adds a made-up brand, so that nobody relies on the list's form: `Not:A-Brand`, `(Not(A:Brand`, ` Not A;Brand`.
 * https://wicg.github.io/ua-client-hints/#grease
 */
const GREASE = /^[\W_]*not[\W_]*a[\W_]*brand/i;

/** The brands that mean something. */
export const realBrands = <B extends { brand: string }>(brands: readonly B[]): B[] =>
  brands.filter(({ brand }) => !GREASE.test(brand));

/** The first number of a version, or null. */
export const majorVersion = (version: string): number | null => {
  const found = /^\d{1,9}/.exec(version)?.[0];
  return found === undefined ? null : Number(found);
};

/**
 * Parses a `Sec-CH-UA` header, a structured-field list of strings with a `v` parameter (RFC 8941). Lenient: what does
 * not look like a brand is passed over.
 */
export const parseBrands = (header: string): BrandVersion[] =>
  [...header.matchAll(/"((?:[^"\\]|\\.){1,128})";\s*v="([^"]{0,64})"/g)].map(([, brand = '', version = '']) => ({
    brand: brand.replace(/\\(.)/g, '$1'),
    version,
  }));
