import type { Evidence } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { type Facts, isNoised, sourceValue } from '../facts.ts';
import { claimedClient } from './claimed-client.ts';

type Page = Pick<Facts, 'components' | 'headers'>;

/** Smallest clock step of an ordinary browser is 1 ms or less; resistFingerprinting has 16.67 ms, and 100 ms once. */
const COARSE_CLOCK = 10;

/** resistFingerprinting rounds the window to multiples of these, CSS pixels. */
const LETTERBOX = { width: 200, height: 100 };

const userAgentOf = (facts: Page): string => sourceValue(facts, 'userAgent') ?? facts.headers['user-agent'] ?? '';

/**
 * What Firefox's `privacy.resistFingerprinting` and Tor Browser do to a page, as far as it is seen here; empty in any
 * other engine. Measured in Firefox ESR 153: Atlantic/Reykjavik, clock of 16.67 ms, graphics named `Mozilla`, screen
 * equal to the window, five touch points, window in steps of 200 by 100 pixels. Plain and private windows show none of
 * these but, by accident, the last.
 */
export const resistanceFacts = (facts: Page): Evidence[] => {
  if (claimedClient(userAgentOf(facts)).engine !== 'gecko') return [];
  const seen: Evidence[] = [];
  const privacy = sourceValue(facts, 'privacy');
  if (privacy?.clockStep !== undefined && privacy.clockStep >= COARSE_CLOCK) {
    seen.push(evidence('clock runs in coarse steps (ms)', privacy.clockStep, 0.6, 'page'));
  }
  const graphics = sourceValue(facts, 'webGlBasics');
  if (typeof graphics === 'object' && graphics.renderer === 'Mozilla') {
    seen.push(evidence('graphics hide behind the engine’s name', graphics.renderer, 0.6, 'page'));
  }
  const timezone = sourceValue(facts, 'timezone');
  if (timezone === 'Atlantic/Reykjavik') {
    seen.push(evidence('timezone is the one that resistFingerprinting shows', timezone, 0.4, 'page'));
  }
  const display = sourceValue(facts, 'display');
  if (privacy?.screenEqualsWindow === true) {
    seen.push(evidence('screen and window have one size', true, 0.3, 'page'));
    if (
      display !== undefined &&
      display.innerWidth % LETTERBOX.width === 0 &&
      display.innerHeight % LETTERBOX.height === 0
    ) {
      const size = `${display.innerWidth}x${display.innerHeight}`;
      seen.push(evidence('window is rounded to 200 by 100 pixels', size, 0.3, 'page'));
    }
  }
  if (isNoised(facts, 'canvas')) seen.push(evidence('canvas is randomised', true, 0.3, 'page'));
  return seen;
};

/** Facts of which plain browsers show at most one, and that by accident. */
const CLEAR_RESISTANCE = 0.6;

/** Whether the browser is set to resist fingerprinting: an unmistakable fact and another that agrees. */
export const resistsFingerprinting = (seen: readonly Evidence[]): boolean =>
  seen.length >= 2 && seen.some(({ weight }) => weight >= CLEAR_RESISTANCE);

/** What Brave shows of itself; empty elsewhere. Its brand and its global are one fact: both only say the name. */
export const braveFacts = (facts: Page): Evidence[] => {
  const privacy = sourceValue(facts, 'privacy');
  const brands = sourceValue(facts, 'clientHints')?.brands ?? [];
  const named = privacy?.brave === true || brands.some(({ brand }) => brand === 'Brave');
  if (!named) return [];
  const seen = [evidence('browser is Brave', true, 0.6, 'page')];
  if (isNoised(facts, 'canvas')) seen.push(evidence('canvas is randomised', true, 0.4, 'page'));
  if (isNoised(facts, 'audio')) seen.push(evidence('audio is randomised', true, 0.4, 'page'));
  if (privacy?.globalPrivacyControl === true) {
    seen.push(evidence('asks not to be tracked (Global Privacy Control)', true, 0.4, 'page'));
  }
  return seen;
};

/** Which attributes a protection replaces by values of its own, so that they prove no lie. */
export const protectedAttributes = (facts: Page): ReadonlySet<string> => {
  if (braveFacts(facts).length > 0 || resistsFingerprinting(resistanceFacts(facts))) return REPLACED;
  return NONE;
};

const REPLACED: ReadonlySet<string> = new Set(['cores', 'memory', 'languages', 'timezone', 'gpu', 'screen']);
const NONE: ReadonlySet<string> = new Set();
