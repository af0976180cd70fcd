import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { type BrandVersion, majorVersion, parseBrands, realBrands } from './brands.ts';
import { claimedClient } from './claimed-client.ts';
import type { Contradiction } from './contradiction.ts';
import { hintedSystems } from './hinted-systems.ts';
import { madeUpBrand } from './made-up-brand.ts';

type Brands = readonly BrandVersion[];
type Found = Contradiction | undefined;
type Stated = string | number | boolean | null;

const CHROMIUM = 'Chromium';

const chromiumVersion = (brands: Brands): number | null =>
  majorVersion(brands.find(({ brand }) => brand === CHROMIUM)?.version ?? '');

const unquoted = (header: string): string => header.replace(/^\s*"|"\s*$/g, '');

const note = (about: string, fact: string, weight: number, header: Stated, page: Stated): Contradiction => ({
  about,
  evidence: evidence(fact, { header, page }, weight, 'headers'),
});

const namesOf = (brands: Brands): string =>
  realBrands(brands)
    .map(({ brand }) => brand)
    .sort()
    .join(', ');

/** `Sec-CH-UA-Mobile` as a structured boolean (RFC 8941, 3.3.6); undefined where it is none. */
const mobileOf = (header: string | undefined): boolean | undefined =>
  header === '?1' ? true : header === '?0' ? false : undefined;

/** The headers against what the page's own hints say: the browser fills both from one place. */
const againstPage = ({ headers, ...facts }: Facts, sent: Brands): Found[] => {
  const hints = sourceValue(facts, 'clientHints');
  if (hints === undefined) return [];
  const [version, hinted] = [chromiumVersion(sent), chromiumVersion(realBrands(hints.brands))];
  const [names, hintedNames] = [namesOf(sent), namesOf(hints.brands)];
  const platform = headers['sec-ch-ua-platform'];
  const mobile = mobileOf(headers['sec-ch-ua-mobile']);
  const full = chromiumVersion(realBrands(hints.fullVersionList ?? []));
  return [
    version !== null && hinted !== null && version !== hinted
      ? note('brands', 'brand header and client hints name two versions', 0.5, version, hinted)
      : undefined,
    hintedNames !== '' && names !== hintedNames
      ? note('brandNames', 'brand header and client hints name different brands', 0.4, names, hintedNames)
      : undefined,
    platform !== undefined && hints.platform !== '' && unquoted(platform) !== hints.platform
      ? note('platform', 'platform header and client hints name two systems', 0.5, unquoted(platform), hints.platform)
      : undefined,
    mobile !== undefined && mobile !== hints.mobile
      ? note('mobile', 'mobile header and client hints disagree', 0.5, mobile, hints.mobile)
      : undefined,
    hinted !== null && full !== null && hinted !== full
      ? {
          about: 'fullVersion',
          evidence: evidence(
            'client hints name two versions, in short and in full',
            { short: hinted, full },
            0.4,
            'page',
          ),
        }
      : undefined,
  ];
};

/**
 * The headers against the user agent header, as far as the page's hints say nothing: what the page says is held against
 * its own user agent elsewhere, and one lie should count once.
 */
const againstUserAgent = ({ headers, ...facts }: Facts, sent: Brands): Found[] => {
  const userAgent = headers['user-agent'] ?? '';
  const claim = claimedClient(userAgent);
  const version = chromiumVersion(sent);
  const found: Found[] = [];
  if (version !== null && claim.engine === 'blink' && claim.major !== null && claim.major !== version) {
    const fact = 'brand header and user agent header name two versions';
    found.push(note('version', fact, 0.5, version, claim.major));
  }
  if (claim.engine === 'gecko' || claim.engine === 'webkit') {
    const fact = 'client hints come with the user agent of a browser that has none';
    found.push(note('hintsOfAnother', fact, 0.45, namesOf(sent), claim.engine));
  }
  if (sourceValue(facts, 'clientHints') !== undefined) return found;
  const platform = unquoted(headers['sec-ch-ua-platform'] ?? '');
  if (platform !== '' && platform !== 'Unknown' && hintedSystems[claim.os]?.includes(platform) === false) {
    found.push(
      note('platformHeader', 'platform header names another system than the user agent', 0.4, platform, claim.os),
    );
  }
  // Browsers of phones that ask for desktop pages mostly claim Linux, so a mobile Linux proves nothing.
  const desktop = claim.os === 'Windows' || claim.os === 'Mac' || claim.os === 'Chrome OS';
  if (desktop && mobileOf(headers['sec-ch-ua-mobile']) === true) {
    found.push(note('mobileHeader', 'mobile header comes with the user agent of a desktop', 0.35, true, claim.os));
  }
  return found;
};

/** The brand that means nothing follows from the version alone. */
const ofMadeUpBrand = (list: Brands, version: number | null): Found => {
  const due = version === null ? undefined : madeUpBrand(version);
  if (due === undefined) return undefined;
  if (list.some(({ brand, version }) => brand === due.brand && version === due.version)) return undefined;
  const sent = list
    .filter((entry) => !realBrands(list).includes(entry))
    .map(({ brand, version }) => `${brand} ${version}`);
  const fact = 'made-up brand is not the one of this version';
  return note('madeUpBrand', fact, 0.3, sent.join(', '), `${due.brand} ${due.version}`);
};

/**
 * The `Sec-CH-UA` headers against what the page's client hints say, against the user agent header, and against what
 * Chromium of that version makes up. Null when the browser sent none: only Chromium does, and only to secure origins.
 */
export const clientHintContradictions = (facts: Facts): Contradiction[] | null => {
  const header = facts.headers['sec-ch-ua'];
  if (header === undefined) return null;
  const list = parseBrands(header);
  const sent = realBrands(list);
  const found = [
    ...againstUserAgent(facts, sent),
    ...againstPage(facts, sent),
    ofMadeUpBrand(list, chromiumVersion(sent)),
  ];
  return found.filter((item) => item !== undefined);
};
