/** What a user agent string claims to be, as far as a judgement can hold the engine to it. */
export type ClaimedClient = {
  engine: 'blink' | 'gecko' | 'webkit' | 'other';
  os: 'Windows' | 'Mac' | 'iOS' | 'Android' | 'Chrome OS' | 'Linux' | 'other';
  /** Major version of Chromium or Firefox; null where the string has none. */
  major: number | null;
};

const systems = [
  // Windows Phone and Tizen borrow the names of the systems below, so they go first.
  [/Windows Phone|Tizen|KAIOS|Web0S/, 'other'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows NT/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/\bCrOS\b/, 'Chrome OS'],
  [/Linux|X11/, 'Linux'],
] as const;

const majorOf = (userAgent: string, product: RegExp): number | null => {
  const found = product.exec(userAgent)?.[1];
  return found === undefined ? null : Number(found);
};

/**
 * Reads the claim out of a user agent string. Every browser of iOS is WebKit, whatever its name: the few with an engine
 * of their own (European Union, since iOS 17.4) say so in a form that is none of those below.
 */
export const claimedClient = (userAgent: string): ClaimedClient => {
  const os = systems.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'other';
  if (os === 'iOS') return { engine: 'webkit', os, major: null };
  if (/\bGecko\/[\d.]+ Firefox\//.test(userAgent)) {
    return { engine: 'gecko', os, major: majorOf(userAgent, /Firefox\/(\d{1,4})/) };
  }
  // Edge up to 18 had an engine of its own and claims both Chrome and `Edge/`.
  if (/Edge\/|Trident\/|MSIE /.test(userAgent)) return { engine: 'other', os, major: null };
  const chromium = majorOf(userAgent, /Chrom(?:e|ium)\/(\d{1,4})/);
  if (chromium !== null) return { engine: 'blink', os, major: chromium };
  if (/AppleWebKit\/.*Safari\//.test(userAgent)) return { engine: 'webkit', os, major: null };
  return { engine: 'other', os, major: null };
};
