import { evidence } from '../../evidence.ts';
import { sourceValue } from '../../facts.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'disguisedFunctions';

/** One may be some extension's whim; two different ones are a tool's. */
const ENOUGH = 2;

/**
 * Native functions that were put behind proxies which still print as native. Honest pages and extensions wrap functions
 * openly; measured on puppeteer-extra-plugin-stealth (five) and fingerprint-injector (two), whatever machine they forge.
 */
export const disguisedFunctions: BotDetector = (facts) => {
  const disguised = sourceValue(facts, 'automation')?.disguised;
  if (disguised === undefined) return notLooked(NAME);
  const found = disguised.map((name) => evidence('native function behind a proxy', name, 0.6, 'page'));
  return found.length >= ENOUGH ? automation(NAME, 'stealth', found) : nothing(NAME, found);
};
