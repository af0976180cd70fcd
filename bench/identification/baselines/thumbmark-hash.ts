import type { SourceName } from '@whorl/contract';
import { componentTexts, keyOfText } from './component-text.ts';
import type { SeenVisit } from './matcher.ts';

/**
 * What ThumbmarkJS documents that it hashes (https://docs.thumbmarkjs.com/docs/category/components), in our sources. What it
 * asks of permissions and speech comes to what browser, version and voices say.
 */
const components: readonly SourceName[] = [
  ...(['audio', 'canvas', 'fonts', 'plugins', 'math', 'voices'] as const),
  // Hardware and graphics.
  ...(['architecture', 'deviceMemory', 'hardwareConcurrency', 'webGlBasics', 'webGlExtensions'] as const),
  // Locales.
  ...(['languages', 'timezone'] as const),
  // Screen, with the media queries that it tries.
  ...(['touchSupport', 'colorDepth', 'colorGamut', 'contrast', 'forcedColors', 'hdr', 'invertedColors'] as const),
  ...(['monochrome', 'reducedMotion', 'reducedTransparency'] as const),
  // System; the user agent tells the version.
  ...(['platform', 'cookiesEnabled', 'vendor', 'userAgent', 'applePay'] as const),
];

/** What it leaves out by default where private windows and protections change it, by the browser's name. */
const unstable: readonly { browsers: RegExp; sources: readonly SourceName[] }[] = [
  { browsers: /^(Firefox|Safari|Mobile Safari|Brave)/, sources: ['canvas'] },
  { browsers: /^(Samsung|Safari|Mobile Safari)/, sources: ['audio'] },
  { browsers: /^Firefox/, sources: ['fonts'] },
  { browsers: /^Brave/, sources: ['audio', 'deviceMemory', 'hardwareConcurrency', 'plugins'] },
];

const chosen = new Map<string, readonly SourceName[]>();

const sourcesOf = (browser: string): readonly SourceName[] => {
  const known = chosen.get(browser);
  if (known !== undefined) return known;
  const without = unstable.filter(({ browsers }) => browsers.test(browser)).flatMap(({ sources }) => sources);
  const made = components.filter((name) => !without.includes(name));
  chosen.set(browser, made);
  return made;
};

/** A hash over the texts that a ThumbmarkJS-like library would hash. Written after its documentation; which hash changes nothing. */
export const thumbmarkHash = ({ components: shown, browserDetails }: SeenVisit): string => {
  const privacy = shown.privacy;
  const isBrave = privacy !== undefined && 'value' in privacy && privacy.value.brave;
  return keyOfText(componentTexts(shown, sourcesOf(isBrave ? 'Brave' : browserDetails.browserName)));
};
