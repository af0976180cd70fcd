import type { Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { claimedClient } from './claimed-client.ts';
import { contextContradictions } from './contexts.ts';
import { patchedPage } from './patched-page.ts';

/** The device mode of Chromium's developer tools has one touch point; telephones have five or more. */
const TOUCH_POINTS = 1;

/** `navigator.platform` of desktops. Device mode leaves it as it is; Chromium on a telephone says `Linux armv8l` and like. */
const desktops = /^(?:Win32|MacIntel|Linux (?:x86_64|i686))$/;

const isUntouched = (found: readonly unknown[] | null): boolean => found === null || found.length === 0;

/**
 * A desktop's Chromium that shows itself as a telephone the way the device mode of its developer tools does it: the user
 * agent is a telephone's in all contexts, while platform and PDF viewer stay those of the desktop, touch has one point,
 * and no script replaced anything. Undefined where one of these is not so. Measured with the commands of device mode in
 * Chromium 156 on Linux. A profile that was made up brings a platform and touch points to go with it.
 *
 * @param weight of the evidence, 0..1
 */
export const deviceMode = (facts: Facts, weight: number): Evidence | undefined => {
  const { os } = claimedClient(sourceValue(facts, 'userAgent') ?? '');
  const platform = sourceValue(facts, 'platform') ?? '';
  const touch = sourceValue(facts, 'touchSupport')?.maxTouchPoints;
  const plugins = sourceValue(facts, 'plugins') ?? [];
  const isPhone = os === 'Android' || os === 'iOS';
  const isDesktopChromium =
    desktops.test(platform) && sourceValue(facts, 'vendor') === 'Google Inc.' && plugins.length > 0;
  if (!isPhone || !isDesktopChromium || touch !== TOUCH_POINTS) return undefined;
  if (!isUntouched(patchedPage(facts)) || !isUntouched(contextContradictions(facts))) return undefined;
  const fact = 'desktop shows itself as a telephone, as the device mode of developer tools does';
  return evidence(fact, { claim: os, platform, touchPoints: touch, plugins: plugins.length }, weight, 'page');
};
