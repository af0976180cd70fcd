import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { appleVersion } from './apple-version.ts';
import { claimedClient } from './claimed-client.ts';
import type { Contradiction } from './contradiction.ts';

const NAMES = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'] as const;

/** What a script's request of any kind may say: `fetch` says `cors`, a beacon `no-cors`. https://www.w3.org/TR/fetch-metadata/ */
const possible: Record<(typeof NAMES)[number], readonly string[]> = {
  'sec-fetch-site': ['same-origin', 'same-site', 'cross-site'],
  'sec-fetch-mode': ['cors', 'no-cors', 'same-origin'],
  'sec-fetch-dest': ['empty'],
};

/** Whether a browser of the claimed version sends all three; null for browsers of which that is not known. */
const sendsAll = (userAgent: string): boolean | null => {
  const { engine, major } = claimedClient(userAgent);
  // Chromium sends the first two since 76 and the third since 80; what lies between is left alone.
  if (engine === 'blink' && major !== null) return major >= 80 ? true : major < 76 ? false : null;
  if (engine === 'gecko' && major !== null) return major >= 90;
  const apple = appleVersion(userAgent);
  // Safari sends them since 16.4; earlier previews did, too.
  return apple === null ? null : apple >= 1604 ? true : apple < 1600 ? false : null;
};

/**
 * A page that came by HTTPS sends to trustworthy addresses only, and to these browsers send all their headers. Of a
 * page on plain HTTP nobody can tell: they are kept from an address that is not trustworthy.
 */
const isSecurePage = ({ headers }: Facts): boolean => headers.origin?.startsWith('https://') === true;

const contradiction = (about: string, fact: string, value: Record<string, string>, weight: number): Contradiction => ({
  about,
  evidence: evidence(fact, value, weight, 'headers'),
});

/** Chromium sends the plain hints with every request of a page that can read them, unless the page's policy forbids it. */
const missingHints = (facts: Facts): Contradiction[] => {
  const hints = sourceValue(facts, 'clientHints')?.brands ?? [];
  if (hints.length === 0 || facts.headers['sec-ch-ua'] !== undefined) return [];
  const { engine, major } = claimedClient(facts.headers['user-agent'] ?? '');
  if (engine !== 'blink' || major === null || major < 89) return [];
  return [contradiction('hintsMissing', 'page reads client hints that the request lacks', {}, 0.2)];
};

/**
 * The `Sec-Fetch-…` headers against what the claimed browser sends with a script's request, which is how every
 * observation of a page comes. No page can set or drop them; a program that speaks for a browser often forgets them, has
 * one of three, or those of an opened page. Null where the browser is not known to send them, or where nothing can be told.
 */
export const fetchMetadataContradictions = (facts: Facts): Contradiction[] | null => {
  const userAgent = facts.headers['user-agent'];
  if (facts.platform !== 'js' || userAgent === undefined) return null;
  const due = sendsAll(userAgent);
  const sent = NAMES.filter((name) => facts.headers[name] !== undefined);
  if (due === null || (sent.length === 0 && !isSecurePage(facts))) return null;
  const values = Object.fromEntries(sent.map((name) => [name, facts.headers[name] ?? '']));
  if (!due) {
    const fact = 'fetch metadata is newer than the claimed browser';
    return sent.length === 0 ? [] : [contradiction('fetchMetadataNewer', fact, values, 0.45)];
  }
  const hints = isSecurePage(facts) ? missingHints(facts) : [];
  if (sent.length === 0) {
    return [contradiction('fetchMetadataMissing', 'fetch metadata is missing', {}, 0.3), ...hints];
  }
  if (sent.length < NAMES.length) {
    // No browser does, but the `fetch` of Node.js does, with which a site may pass on what its visitors send.
    const fact = 'fetch metadata is incomplete, as no browser sends it';
    return [contradiction('fetchMetadataPartial', fact, values, 0.45)];
  }
  const wrong = NAMES.some((name) => !possible[name].includes(facts.headers[name] ?? ''));
  // An extension's own pages come from nowhere by this header; only a page of the web cannot.
  if (wrong && isSecurePage(facts)) {
    return [contradiction('fetchMetadataWrong', 'fetch metadata is not that of a script’s request', values, 0.6)];
  }
  return hints;
};
