import type { ContextFacts, Json } from '@whorl/contract';
import { evidence } from '../evidence.ts';
import { type Facts, isNoised, sourceValue } from '../facts.ts';
import { claimedClient } from './claimed-client.ts';
import type { Contradiction } from './contradiction.ts';
import { graphicsName } from './graphics.ts';
import { protectedAttributes } from './protections.ts';

/** What one attribute is in each place; undefined where the place was not asked. Values compare as JSON scalars. */
type Seen = { page: Json | undefined; worker: Json | undefined; iframe: Json | undefined };

const NOT_ASKED: Seen = { page: undefined, worker: undefined, iframe: undefined };

/**
 * The chance that a difference means tampering. A main-thread patch is the usual cause; user agent and platform are
 * also changed by harmless switchers, so neither is enough alone.
 */
const weights = {
  userAgent: 0.45,
  platform: 0.35,
  languages: 0.45,
  cores: 0.5,
  memory: 0.4,
  timezone: 0.4,
  webdriver: 0.6,
  gpu: 0.55,
} as const;
type Attribute = keyof typeof weights;

/**
 * Firefox shows 4 or 8 cores in private windows and under strict protection, and FingerprintJS applies the same steps
 * to what the page sees, so two places agree when they fall on the same step. https://bugzilla.mozilla.org/1978414
 */
const steppedCores = (cores: number | undefined): number | undefined =>
  cores === undefined ? undefined : cores >= 8 ? 8 : 4;

/** The platform is `MacIntel` where FingerprintJS recognises an iPad or iPhone that asks for desktop pages. */
const platformOf = (platform: string | undefined): string | undefined =>
  platform === 'iPad' || platform === 'iPhone' ? 'MacIntel' : platform;

/** Only the first: private windows of Chromium shorten the list. */
const firstLanguage = (languages: readonly string[] | undefined): string | undefined => languages?.[0]?.toLowerCase();

const everywhere = <T>(facts: Facts, page: T | undefined, read: (context: ContextFacts) => T | undefined) => {
  const worker = sourceValue(facts, 'worker');
  const iframe = sourceValue(facts, 'iframe');
  return { page, worker: worker && read(worker), iframe: iframe && read(iframe) };
};

/** `missing` where the page has no `navigator.webdriver` although the iframe has: someone deleted it. */
const webdriverOf = (facts: Facts): boolean | 'missing' | undefined => {
  const automation = sourceValue(facts, 'automation');
  return automation === undefined ? undefined : (automation.webdriver ?? 'missing');
};

const readAll = (facts: Facts): Record<Attribute, Seen> => {
  const page = sourceValue(facts, 'userAgent');
  const gecko = claimedClient(page ?? '').engine === 'gecko';
  const cores = gecko ? steppedCores : (value: number | undefined) => value;
  const gpu = isNoised(facts, 'webGlBasics')
    ? NOT_ASKED
    : everywhere(facts, graphicsName(sourceValue(facts, 'webGlBasics'), gecko), ({ webGlRenderer }) =>
        graphicsName(webGlRenderer),
      );
  const webdriver = everywhere<Json>(facts, webdriverOf(facts), (context) => context.webdriver);
  return {
    userAgent: everywhere(facts, page, (context) => context.userAgent),
    platform: everywhere(facts, platformOf(sourceValue(facts, 'platform')), ({ platform }) => platformOf(platform)),
    languages: everywhere(facts, firstLanguage(sourceValue(facts, 'languages')?.[0]), ({ languages }) =>
      firstLanguage(languages),
    ),
    cores: everywhere(facts, cores(sourceValue(facts, 'hardwareConcurrency')), ({ hardwareConcurrency }) =>
      cores(hardwareConcurrency),
    ),
    memory: everywhere(facts, sourceValue(facts, 'deviceMemory'), ({ deviceMemory }) => deviceMemory),
    timezone: everywhere(facts, sourceValue(facts, 'timezone'), ({ timezone }) => timezone),
    // Workers have no `navigator.webdriver`; without an iframe there is nothing to hold a missing one against.
    webdriver: webdriver.iframe === undefined ? { ...webdriver, page: undefined } : webdriver,
    gpu,
  };
};

const known = (seen: Seen): Json[] => [seen.page, seen.worker, seen.iframe].filter((value) => value !== undefined);

/**
 * Where page, worker and iframe of one browser say different things. All three run in one process of one browser, so an
 * untouched browser says the same; scripts that forge values mostly patch only the page. Values that the browser
 * randomises or replaces for protection take no part. Null when neither worker nor iframe was heard.
 */
export const contextContradictions = (facts: Facts): Contradiction[] | null => {
  if (sourceValue(facts, 'worker') === undefined && sourceValue(facts, 'iframe') === undefined) return null;
  const read = readAll(facts);
  const replaced = protectedAttributes(facts);
  const found: Contradiction[] = [];
  for (const [about, seen] of Object.entries(read) as [Attribute, Seen][]) {
    const values = known(seen);
    if (replaced.has(about) || values.every((value) => value === values[0])) continue;
    const { page = null, worker = null, iframe = null } = seen;
    found.push({
      about,
      evidence: evidence(
        `${about} differs between page, worker and iframe`,
        { page, worker, iframe },
        weights[about],
        'page',
      ),
    });
  }
  return found;
};
