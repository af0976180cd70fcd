import { contextContradictions } from '../../network/contexts.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'contextMismatch';

/** What people change with extensions for their own reasons; `tampering` judges that. */
const SWITCHED = new Set(['userAgent', 'platform', 'languages', 'timezone']);

/**
 * Page, worker and iframe that describe different machines. Stealth plugins and fingerprint injectors patch the page and
 * forget the worker; measured on puppeteer-extra-plugin-stealth and fingerprint-injector, which BotD alone misses.
 */
export const contextMismatch: BotDetector = (facts) => {
  const contradictions = contextContradictions(facts);
  if (contradictions === null) return notLooked(NAME);
  const found = contradictions.map(({ evidence }) => evidence);
  const telling = contradictions.some(({ about }) => !SWITCHED.has(about));
  return telling ? automation(NAME, 'stealth', found) : nothing(NAME, found);
};
