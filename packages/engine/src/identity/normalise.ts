import type { BrowserDetails, Components } from '@whorl/contract';
import { isNoised, sourceValue } from '../facts.ts';
import { readGraphics } from '../network/graphics.ts';
import { deviceGraphics } from './device-graphics.ts';
import type { Features } from './identity.ts';

type Observed = { components: Components; browser: BrowserDetails; address: string };

/** Longest feature kept as it is; anything longer is condensed by {@link condense}. Characters. */
const LONGEST = 96;

/**
 * FNV-1a, 64 bits as two 32-bit halves with different offsets, in hexadecimal. Features only need equality, and the
 * engine has no crypto; blocking keys are hashed again by the caller.
 */
const condense = (text: string): string => {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ (unit + at), 0x01000193);
  }
  const hex = (half: number) => (half >>> 0).toString(16).padStart(8, '0');
  return `#${hex(high)}${hex(low)}`;
};

const asText = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? condense(text) : text;
};

/**
 * Engines that randomise canvas and audio per session in private windows. Both renderings of one page agree there, so
 * the agent cannot mark them; leaving them out keeps a private window the same browser.
 * https://bugzilla.mozilla.org/show_bug.cgi?id=1816189 and Safari 17's advanced tracking protection.
 */
const rendersPerSession = (browser: BrowserDetails): boolean =>
  /firefox|safari|tor/i.test(browser.browserName) || browser.os === 'iOS';

/**
 * Turns an observation into the typed attributes that identification compares. Holds no browser version, nothing that
 * a private window changes, and nothing that was noised. `address` is the exception: it is compared but never blocks;
 * it is empty where the address is private and says nothing of who is behind it.
 */
export const normalise = ({ components, browser, address }: Observed): Features => {
  const facts = { components };
  const features: Features = {};
  const put = (name: string, value: unknown): void => {
    if (value !== undefined && value !== null && value !== '') features[name] = asText(value);
  };

  put('os', browser.os);
  put('browser', browser.browserName);
  put('device', browser.device);
  put('platform', sourceValue(facts, 'platform'));
  put('architecture', sourceValue(facts, 'architecture'));

  const gl = sourceValue(facts, 'webGlBasics');
  const glNoised = isNoised(facts, 'webGlBasics');
  if (typeof gl === 'object' && !glNoised) put('gpu', `${gl.vendorUnmasked}|${gl.rendererUnmasked || gl.renderer}`);
  // The name as any browser of the device tells it, for finding those; the exact one above is for finding this browser.
  const graphics = deviceGraphics(readGraphics(facts)?.name ?? '');
  if (graphics !== undefined) put('graphics', `${graphics.maker}|${graphics.model}`);
  const extensions = sourceValue(facts, 'webGlExtensions');
  if (typeof extensions === 'object' && !isNoised(facts, 'webGlExtensions')) {
    put('gpuLimits', `${extensions.parameters}|${extensions.extensions}`);
  }

  if (!rendersPerSession(browser)) {
    const canvas = sourceValue(facts, 'canvas');
    if (canvas !== undefined && !isNoised(facts, 'canvas')) put('canvas', `${canvas.geometry}|${canvas.text}`);
    const audio = sourceValue(facts, 'audio');
    // Negative values are FingerprintJS's codes for "skipped"; they say nothing of the device.
    if (audio !== undefined && audio > 0 && !isNoised(facts, 'audio')) put('audio', audio);
  }

  put('fonts', sourceValue(facts, 'fonts'));
  put('screen', sourceValue(facts, 'screenResolution'));
  put('colorDepth', sourceValue(facts, 'colorDepth'));
  put('colorGamut', sourceValue(facts, 'colorGamut'));
  put('cores', sourceValue(facts, 'hardwareConcurrency'));
  put('memory', sourceValue(facts, 'deviceMemory'));
  put('timezone', sourceValue(facts, 'timezone'));
  // Only the first: private windows of Chromium shorten the list.
  put('language', sourceValue(facts, 'languages')?.[0]?.[0]);
  put('locale', sourceValue(facts, 'dateTimeLocale'));
  put('touch', sourceValue(facts, 'touchSupport')?.maxTouchPoints);
  put('math', sourceValue(facts, 'math'));
  put('address', address);
  return features;
};
