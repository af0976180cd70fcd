import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
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

const primary = (tag: string | undefined): string | undefined => tag?.trim().split(/[-_;]/)[0]?.toLowerCase();

const known = (tags: readonly string[]): string[] =>
  [...new Set(tags.map(primary).filter((tag) => tag !== undefined && tag !== '' && tag !== '*'))] as string[];

/** Every language of the page; Chromium's own list is not collected, because private windows cut it, but its iframe's is. */
const pageLanguages = (facts: Facts): string[] =>
  known(
    sourceValue(facts, 'languages')?.[1] ??
      sourceValue(facts, 'iframe')?.languages ??
      sourceValue(facts, 'worker')?.languages ??
      [],
  );

/** Whether all of `some` stand in `all`, in the same order. */
const isWithin = (some: readonly string[], all: readonly string[]): boolean => {
  let at = 0;
  for (const item of all) if (item === some[at]) at++;
  return at === some.length;
};

const differ = (about: string, fact: string, header: string, page: string, weight: number): Contradiction => ({
  about,
  evidence: evidence(fact, { header, page }, weight, 'headers'),
});

/**
 * The languages asked for in `Accept-Language` against the page's, by primary subtags only (RFC 5646): the first, and for
 * Chromium and Firefox all of them and their order. Browsers shorten the one list or the other, and Chromium adds `de`
 * after `de-DE`, so lists agree when one lies within the other. Safari shortens both as it likes, so only its first counts.
 * Null when one of them is missing or the browser shows a language of its own choice.
 */
export const languageContradiction = (facts: Facts): Contradiction[] | null => {
  const asked = facts.headers['accept-language']?.split(',') ?? [];
  const header = primary(asked[0]);
  const page = primary(sourceValue(facts, 'languages')?.[0]?.[0]);
  if (!header || !page || header === '*' || protectedAttributes(facts).has('languages')) return null;
  if (header !== page) return [differ('languages', 'first language asked for is not the page’s', header, page, 0.25)];
  const { engine } = claimedClient(sourceValue(facts, 'userAgent') ?? facts.headers['user-agent'] ?? '');
  const [sent, shown] = [known(asked), pageLanguages(facts)];
  const comparable = engine === 'blink' || engine === 'gecko';
  if (!comparable || shown.length === 0 || isWithin(sent, shown) || isWithin(shown, sent)) return [];
  const fact = 'languages asked for are not the page’s, or in another order';
  return [differ('languageList', fact, sent.join(', '), shown.join(', '), 0.2)];
};
