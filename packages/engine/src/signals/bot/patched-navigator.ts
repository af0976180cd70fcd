import { evidence } from '../../evidence.ts';
import { sourceValue } from '../../facts.ts';
import type { BotDetector } from './detector.ts';
import { automation, nothing, notLooked } from './finding.ts';

const NAME = 'patchedNavigator';

/** What tools change to hide automation. Neither user agent switchers nor protections of people touch these. */
const HIDING =
  /^(?:Navigator\.)?(?:webdriver|plugins|mimeTypes|permissions)$|^Permissions\.query$|^HTMLIFrameElement\.contentWindow$/;

/** How many of {@link HIDING} it takes: one alone may have another reason. */
const ENOUGH = 2;

/**
 * Properties put on `navigator` itself, and getters of its prototype that are no longer native: how stealth plugins hide
 * automation. Hiding `webdriver` is reason enough; a plain browser has nothing to hide there.
 */
export const patchedNavigator: BotDetector = (facts) => {
  const seen = sourceValue(facts, 'automation');
  if (seen === undefined) return notLooked(NAME);
  const own = seen.navigatorOwn.filter((name) => HIDING.test(name));
  const patched = seen.patched.filter((name) => HIDING.test(name));
  const hidesDriver = [...own, ...patched].some((name) => /webdriver$/.test(name));
  const found = [
    ...own.map((name) => evidence('own property on navigator', name, 0.5, 'page')),
    ...patched.map((name) => evidence('getter that is not native', name, 0.5, 'page')),
  ];
  return hidesDriver || found.length >= ENOUGH ? automation(NAME, 'stealth', found) : nothing(NAME, found);
};
