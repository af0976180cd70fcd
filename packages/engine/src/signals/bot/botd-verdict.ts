import { anyOf, evidence } from '../../evidence.ts';
import { type Facts, sourceValue } from '../../facts.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'botdVerdict';

/** How sure one BotD detector is where it is not listed below: it looks for exact names that only automation leaves behind. */
const USUAL = 0.9;
// A map, because the names come from the page and `constructor` is one of them.
const doubtful = new Map([
  // Privacy extensions wrap or empty these lists.
  ['detectMimeTypesConsistent', 0.5],
  ['detectPluginsArray', 0.5],
  ['detectLanguagesLengthInconsistency', 0.6],
  ['detectNotificationPermissions', 0.5],
  // A user agent switcher in the hands of a person gives these; `tampering` judges it.
  ['detectEvalLengthInconsistency', 0.5],
  ['detectProductSub', 0.5],
]);

/** One doubtful detector is not enough; two are. */
const ENOUGH = 0.7;

/** A visitor who lets PDF files download has no plugins, as old headless Chromium had none. */
const isHarmless = (detector: string, facts: Facts): boolean =>
  detector === 'detectPluginsLengthInconsistency' && sourceValue(facts, 'pdfViewerEnabled') === false;

/** BotD calls every browser under a driver headless Chrome. */
const kindOf = (detector: string, kind: string): string => (detector === 'detectWebDriver' ? 'webdriver' : kind);

/** From a tool's name down to no name at all. */
const rank = (kind: string): number =>
  kind === 'unknown' ? 3 : kind === 'webdriver' ? 2 : kind === 'headless_chrome' ? 1 : 0;

/** What BotD 2 found in the page. Of several kinds the one that says most counts, where BotD itself takes the last. */
export const botdVerdict: BotDetector = (facts) => {
  const botd = sourceValue(facts, 'botd');
  if (botd === undefined) return notLooked(NAME);
  const claims = Object.entries(botd.detections)
    .filter(([detector, kind]) => kind !== '' && !isHarmless(detector, facts))
    .map(([detector, kind]) => ({ detector, kind: kindOf(detector, kind) }));
  const found = claims.map(({ detector, kind }) =>
    evidence(`BotD: ${detector}`, kind, doubtful.get(detector) ?? USUAL, 'page'),
  );
  if (anyOf(found) < ENOUGH) return nothing(NAME, found);
  const [best] = claims.map(({ kind }) => kind).sort((a, b) => rank(a) - rank(b));
  return automation(NAME, best ?? 'unknown', found);
};
