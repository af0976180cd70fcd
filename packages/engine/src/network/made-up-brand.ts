import type { BrandVersion } from './brands.ts';

/** Chromium's table of characters that stand between the words. */
const CHARACTERS = [' ', '(', ':', '-', '.', '/', ')', ';', '=', '?', '_'];
const VERSIONS = ['8', '99', '24'];

/** Before this version the brand was made up by another rule, which an administrator could choose. */
const FIRST_VERSION = 110;

/**
 * The brand that Chromium of a major version makes up for its client hints: its characters and its version follow from
 * the major version alone. Undefined for versions with another rule. Seen so from 110 to 156.
 * https://wicg.github.io/ua-client-hints/#grease, and `GetGreasedUserAgentBrandVersion` of Chromium.
 */
export const madeUpBrand = (major: number): BrandVersion | undefined => {
  if (major < FIRST_VERSION) return undefined;
  const character = (offset: number) => CHARACTERS[(major + offset) % CHARACTERS.length] ?? '';
  return { brand: `Not${character(0)}A${character(1)}Brand`, version: VERSIONS[major % VERSIONS.length] ?? '' };
};
