import { evidence } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { majorVersion, realBrands } from './brands.ts';
import { type ClaimedClient, claimedClient } from './claimed-client.ts';
import type { Contradiction } from './contradiction.ts';
import { readGraphics, systemOfGraphics } from './graphics.ts';
import { hintedSystems } from './hinted-systems.ts';

type Engine = 'blink' | 'gecko' | 'webkit';
type Found = Contradiction | undefined;

const contradiction = (about: string, fact: string, value: string | number, claim: string, weight: number) => ({
  about,
  evidence: evidence(fact, { value, claim }, weight, 'page'),
});

/** `eval.toString().length`: V8 prints native functions on one line, the others on three. */
const evalEngines: Record<number, readonly Engine[]> = { 33: ['blink'], 37: ['gecko', 'webkit'] };

/** How each engine words what is wrong with `(1).toFixed(-1)`. */
const errorWordings = new Map<string, Engine>([
  ['toFixed() digits argument must be between 0 and 100', 'blink'],
  ['precision -1 out of range', 'gecko'],
  ['toFixed() argument must be between 0 and 100', 'webkit'],
]);

/** Globals that one engine alone has. Read from Chromium 156 and Firefox ESR 153; WebKit's as BotD and others know them. */
const ownFeatures: Record<Engine, readonly string[]> = {
  blink: ['webkitRequestFileSystem', 'webkitResolveLocalFileSystemURL', 'webkitMediaStream'],
  gecko: ['CSSMozDocumentRule', 'mozInnerScreenX', 'onmozfullscreenchange'],
  webkit: ['ApplePayError', 'CSSPrimitiveValue', 'GestureEvent', 'WebKitMediaKeys'],
};

/** One global may be a polyfill or gone in a later version; two of one engine name it. */
const TELLING_FEATURES = 2;

const engineOfFeatures = (features: readonly string[]): Engine | undefined =>
  (['blink', 'gecko', 'webkit'] as const).find(
    (engine) => ownFeatures[engine].filter((name) => features.includes(name)).length >= TELLING_FEATURES,
  );

/** Frozen by the HTML standard: https://html.spec.whatwg.org/#dom-navigator-productsub and -vendor. */
const productSubs: Record<Engine, string> = { blink: '20030107', webkit: '20030107', gecko: '20100101' };
const vendors: Record<Engine, string> = { blink: 'Google Inc.', webkit: 'Apple Computer, Inc.', gecko: '' };

/** `navigator.platform` of each system that a user agent string can name. */
const platforms: Partial<Record<ClaimedClient['os'], RegExp>> = {
  Windows: /^Win/,
  // FingerprintJS renames iPads and iPhones that ask for desktop pages.
  Mac: /^(?:Mac|iPad|iPhone)/,
  iOS: /^(?:iPhone|iPad|iPod|Mac)/,
  Android: /^(?:Linux|Android|$)/,
  'Chrome OS': /^Linux/,
  // Phones that ask for desktop pages claim Linux; the BSDs keep their own name in both.
  Linux: /^(?:Linux|FreeBSD|OpenBSD|NetBSD|SunOS|X11)/,
};

const graphicsSystems: Partial<Record<ClaimedClient['os'], string>> = {
  Windows: 'Windows',
  Mac: 'Apple',
  iOS: 'Apple',
  Linux: 'Linux',
  Android: 'Linux',
  'Chrome OS': 'Linux',
};

const engineChecks = (facts: Facts, claim: Engine): Found[] => {
  const engine = sourceValue(facts, 'engine');
  const vendor = sourceValue(facts, 'vendor');
  const found: Found[] = [];
  if (engine !== undefined) {
    const { evalLength, errorMessage, features, productSub } = engine;
    if (evalEngines[evalLength]?.includes(claim) === false) {
      found.push(contradiction('evalLength', 'native code prints as in another engine', evalLength, claim, 0.7));
    }
    const worded = errorWordings.get(errorMessage);
    if (worded !== undefined && worded !== claim) {
      found.push(contradiction('errorMessage', 'errors are worded as in another engine', errorMessage, claim, 0.7));
    }
    const featured = engineOfFeatures(features);
    if (featured !== undefined && featured !== claim) {
      found.push(contradiction('features', 'features are those of another engine', featured, claim, 0.7));
    }
    if (productSub !== undefined && productSub !== productSubs[claim]) {
      found.push(contradiction('productSub', 'productSub is another engine’s', productSub, claim, 0.5));
    }
  }
  if (vendor !== undefined && vendor !== vendors[claim]) {
    found.push(contradiction('vendor', 'vendor is another engine’s', vendor, claim, 0.35));
  }
  return found;
};

const systemChecks = (facts: Facts, { os }: ClaimedClient): Found[] => {
  const found: Found[] = [];
  const platform = sourceValue(facts, 'platform');
  if (platform !== undefined && platforms[os]?.test(platform) === false) {
    found.push(contradiction('platformOs', 'platform belongs to another system', platform, os, 0.55));
  }
  const hinted = sourceValue(facts, 'clientHints')?.platform || sourceValue(facts, 'userAgentData')?.platform;
  if (hinted && hinted !== 'Unknown' && hintedSystems[os]?.includes(hinted) === false) {
    found.push(contradiction('hintedOs', 'client hints name another system', hinted, os, 0.5));
  }
  const graphics = readGraphics(facts);
  const owner = graphics && systemOfGraphics(graphics.name);
  if (graphics !== undefined && owner !== undefined && (graphicsSystems[os] ?? owner) !== owner) {
    found.push(contradiction('graphicsOs', 'graphics belong to another system', graphics.name, os, 0.6));
  }
  return found;
};

const versionCheck = (facts: Facts, { engine, major }: ClaimedClient): Found => {
  if (engine !== 'blink' || major === null) return undefined;
  const brands = realBrands(sourceValue(facts, 'clientHints')?.brands ?? []);
  const chromium = majorVersion(brands.find(({ brand }) => brand === 'Chromium')?.version ?? '');
  if (chromium === null || chromium === major) return undefined;
  return contradiction('hintedVersion', 'client hints name another version', chromium, String(major), 0.5);
};

/**
 * Where the truths of the engine and of the machine contradict what the page's user agent claims. The truths are facts
 * that no browser setting changes; protections that change platform or graphics change the claim as well. Null when
 * there is no claim or nothing to hold against it.
 */
export const engineContradictions = (facts: Facts): Contradiction[] | null => {
  const userAgent = sourceValue(facts, 'userAgent') ?? facts.headers['user-agent'];
  const looked = sourceValue(facts, 'engine') ?? sourceValue(facts, 'platform') ?? sourceValue(facts, 'vendor');
  if (userAgent === undefined || looked === undefined) return null;
  const claim = claimedClient(userAgent);
  const engine = claim.engine === 'other' ? [] : engineChecks(facts, claim.engine);
  return [...engine, ...systemChecks(facts, claim), versionCheck(facts, claim)].filter((found) => found !== undefined);
};
