import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import type { Contradiction } from './contradiction.ts';

/** What wide-spread extensions and polyfills put on `navigator` to do good; nobody hides behind it. */
const HARMLESS_OWN = new Set(['globalPrivacyControl', 'doNotTrack', 'duckduckgo', 'share', 'canShare', 'sendBeacon']);

/** What error reporters, change detectors and session recorders replace on honest pages. */
const HARMLESS_PATCHED = new Set(['Function.toString', 'HTMLCanvasElement.getContext']);

/** One patched name may be an extension's whim; each more makes intent likelier. 0..0.7 */
const weightOf = (count: number): number => Math.min(0.7, 0.3 + 0.1 * count);

/** Native functions that someone replaced, openly or behind a proxy; empty where nobody looked. */
export const replacedFunctions = (facts: Pick<Facts, 'components'>): string[] => {
  const { patched = [], disguised = [] } = sourceValue(facts, 'automation') ?? {};
  return [...new Set([...patched, ...disguised])].filter((name) => !HARMLESS_PATCHED.has(name));
};

/** Properties of the page's own `navigator` and native functions that someone replaced. Null when nobody looked. */
export const patchedPage = (facts: Facts): Contradiction[] | null => {
  const seen = sourceValue(facts, 'automation');
  if (seen === undefined) return null;
  const own = seen.navigatorOwn.filter((name) => !HARMLESS_OWN.has(name));
  const found: Contradiction[] = [];
  if (own.length > 0) {
    const fact = 'navigator has properties of its own';
    found.push({ about: 'navigatorOwn', evidence: evidence(fact, own, weightOf(own.length), 'page') });
  }
  const patched = replacedFunctions(facts);
  if (patched.length > 0) {
    const fact = 'native functions were replaced';
    found.push({ about: 'patched', evidence: evidence(fact, patched, weightOf(patched.length), 'page') });
  }
  return found;
};
