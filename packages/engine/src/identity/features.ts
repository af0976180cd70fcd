import type { BrowserDetails, Components } from '@whorl/contract';
import { isNoised, sourceValue } from '../facts.ts';
import { readGraphics } from '../network/graphics.ts';
import { isMadeUp } from './attributes.ts';
import { deviceGraphics } from './device-graphics.ts';

/** What a device shows of itself to any browser, as short strings. A missing name was not collected or is noised. */
export type Features = { [name: string]: string };

type Observed = { components: Components; browser: BrowserDetails; address: string };

/** Longest feature kept as it is; anything longer is condensed by {@link condense}. Characters. */
const LONGEST = 96;

/**
 * FNV-1a, 64 bits as two 32-bit halves with different offsets, in hexadecimal. Features only need equality, and the
 * engine has no crypto.
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
 * Reads what tokens are checked by and devices are related by: nothing that an update or a private window changes, and nothing
 * that was noised. `address` is empty where it is private and says nothing of who is behind it.
 */
export const featuresOf = ({ components, browser, address }: Observed): Features => {
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
  put('screen', sourceValue(facts, 'screenResolution'));
  for (const [name, source] of [
    ['cores', 'hardwareConcurrency'],
    ['memory', 'deviceMemory'],
  ] as const) {
    if (!isMadeUp(facts, source)) put(name, sourceValue(facts, source));
  }
  put('timezone', sourceValue(facts, 'timezone'));
  put('touch', sourceValue(facts, 'touchSupport')?.maxTouchPoints);
  put('address', address);
  return features;
};
