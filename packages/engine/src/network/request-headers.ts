import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { majorVersion, parseBrands, realBrands } from './brands.ts';
import { claimedClient } from './claimed-client.ts';
import type { Contradiction } from './contradiction.ts';
import { protectedAttributes } from './protections.ts';

/**
 * Tor Browser and older resistFingerprinting say Windows in the header and the true system in the page; the version is
 * the same in both. https://bugzilla.mozilla.org/1404608
 */
const differsInSystemOnly = (header: string, page: string): boolean => {
  const [one, other] = [claimedClient(header), claimedClient(page)];
  return one.engine === 'gecko' && other.engine === 'gecko' && one.major === other.major;
};

/** The user agent header against `navigator.userAgent`. Null when one of them is missing. */
export const userAgentContradiction = (facts: Facts): Contradiction[] | null => {
  const header = facts.headers['user-agent'];
  const page = sourceValue(facts, 'userAgent');
  if (header === undefined || page === undefined) return null;
  if (header === page || differsInSystemOnly(header, page)) return [];
  return [
    {
      about: 'userAgent',
      evidence: evidence('user agent header is not the page’s', { header, page }, 0.45, 'headers'),
    },
  ];
};

const CHROMIUM = 'Chromium';

const chromiumVersion = (brands: readonly { brand: string; version: string }[]): number | null =>
  majorVersion(brands.find(({ brand }) => brand === CHROMIUM)?.version ?? '');

const unquoted = (header: string): string => header.replace(/^\s*"|"\s*$/g, '');

/**
 * The `Sec-CH-UA` headers against what the page's client hints say and against the version in the user agent header.
 * Null when the browser sent none: only Chromium does, and only to secure origins.
 */
export const clientHintContradictions = (facts: Facts): Contradiction[] | null => {
  const { headers } = facts;
  const hints = sourceValue(facts, 'clientHints');
  const brandHeader = headers['sec-ch-ua'];
  if (brandHeader === undefined) return null;
  const sent = realBrands(parseBrands(brandHeader));
  const found: Contradiction[] = [];
  const note = (about: string, fact: string, header: string | number | null, page: string | number | null) =>
    found.push({ about, evidence: evidence(fact, { header, page }, 0.5, 'headers') });

  const version = chromiumVersion(sent);
  const claimed = claimedClient(headers['user-agent'] ?? '');
  if (version !== null && claimed.engine === 'blink' && claimed.major !== null && claimed.major !== version) {
    note('version', 'brand header and user agent header name two versions', version, claimed.major);
  }
  if (hints !== undefined) {
    const hinted = chromiumVersion(realBrands(hints.brands));
    if (version !== null && hinted !== null && version !== hinted) {
      note('brands', 'brand header and client hints name two versions', version, hinted);
    }
    const platform = headers['sec-ch-ua-platform'];
    if (platform !== undefined && hints.platform !== '' && unquoted(platform) !== hints.platform) {
      note('platform', 'platform header and client hints name two systems', unquoted(platform), hints.platform);
    }
  }
  return found;
};

const primary = (tag: string | undefined): string | undefined => tag?.trim().split(/[-_;]/)[0]?.toLowerCase();

/**
 * The first language asked for in `Accept-Language` against the page's first, by the primary subtag only (RFC 5646).
 * Null when one of them is missing or the browser shows a language of its own choice.
 */
export const languageContradiction = (facts: Facts): Contradiction[] | null => {
  const header = primary(facts.headers['accept-language']?.split(',')[0]);
  const page = primary(sourceValue(facts, 'languages')?.[0]?.[0]);
  if (!header || !page || header === '*' || protectedAttributes(facts).has('languages')) return null;
  if (header === page) return [];
  return [
    {
      about: 'languages',
      evidence: evidence('first language asked for is not the page’s', { header, page }, 0.25, 'headers'),
    },
  ];
};
