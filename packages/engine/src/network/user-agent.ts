import type { BrowserDetails, Components, SourceValue } from '@whorl/contract';
import Bowser from 'bowser';
import { sourceValue } from '../facts.ts';
import { majorVersion, realBrands } from './brands.ts';

type Hints = SourceValue<'clientHints'>;
type Version = { name: string; version: string };

/** Longest string that is parsed, characters: real ones stay below 300, and the parser's patterns are not made for more. */
const LONGEST = 1024;

/** The names that readers of the v3 event know, by the parser's. The second is for phones, the third for iOS. */
const familiarNames = new Map<string, readonly [string, string?, string?]>([
  ['Chrome', ['Chrome', 'Chrome Mobile', 'Chrome Mobile iOS']],
  ['Chromium', ['Chrome', 'Chrome Mobile', 'Chrome Mobile iOS']],
  ['Microsoft Edge', ['Edge', 'Edge Mobile', 'Edge Mobile']],
  ['Firefox', ['Firefox', 'Firefox Mobile', 'Firefox iOS']],
  ['Opera', ['Opera', 'Opera Mobile', 'Opera Mobile']],
  ['Safari', ['Safari', 'Mobile Safari', 'Mobile Safari']],
  ['Samsung Internet for Android', ['Samsung Internet']],
  ['Internet Explorer', ['IE']],
]);

/** Brands of client hints that belong to each familiar name, the most exact first. */
const brandsOf = new Map<string, readonly string[]>([
  ['Chrome', ['Google Chrome', 'Chromium']],
  ['Chrome Mobile', ['Google Chrome', 'Chromium']],
  ['Chrome Mobile WebView', ['Android WebView', 'Chromium']],
  ['HeadlessChrome', ['HeadlessChrome', 'Chromium']],
  ['Edge', ['Microsoft Edge']],
  ['Edge Mobile', ['Microsoft Edge']],
  ['Opera', ['Opera']],
  ['Opera Mobile', ['Opera']],
  ['Samsung Internet', ['Samsung Internet']],
]);

/** Brands that every Chromium carries, or that the user agent string names better itself. */
const commonBrands = new Set([...brandsOf.values()].flat());

/** Systems whose familiar name is another than that of hints and parser. */
const familiarSystems = new Map([
  ['macOS', 'Mac OS X'],
  ['Chromium OS', 'Chrome OS'],
]);
const familiarSystem = (name: string): string => familiarSystems.get(name) ?? name;

const nameFromUserAgent = (parsedName: string, userAgent: string, os: string, mobile: boolean): string => {
  if (/HeadlessChrome\//.test(userAgent)) return 'HeadlessChrome';
  if (os === 'Android' && /; wv\)/.test(userAgent)) return 'Chrome Mobile WebView';
  const [desktop, phone = desktop, ios = phone] = familiarNames.get(parsedName) ?? [parsedName];
  if (os === 'iOS') return ios;
  return mobile ? phone : desktop;
};

/** A browser that calls itself Chrome in its user agent string and by its own name in its brands (Brave, Vivaldi …). */
const ownBrand = (brands: Version[]): Version | undefined => brands.find(({ name }) => !commonBrands.has(name));

const withHints = (read: Version, hints: Hints | undefined): Version => {
  const list = realBrands(hints?.fullVersionList ?? hints?.brands ?? []).map(({ brand, version }) => ({
    name: brand,
    version,
  }));
  if (read.name === 'Chrome' || read.name === 'Chrome Mobile') {
    const own = ownBrand(list);
    if (own !== undefined) return own;
  }
  const wanted = brandsOf.get(read.name) ?? [];
  const named = wanted.map((brand) => list.find(({ name }) => name === brand)).find((found) => found !== undefined);
  const full = named?.version ?? (wanted.length > 0 ? hints?.uaFullVersion : undefined);
  // Hints make a version exact; where they contradict it, tampering judges that, and the name stays as sent.
  const refines = full !== undefined && majorVersion(full) === majorVersion(read.version);
  return refines ? { ...read, version: full } : read;
};

/** https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11: 13 and up are Windows 11. */
const windowsVersion = (platformVersion: string): string => {
  const [major = 0, minor = 0] = platformVersion.split('.').map(Number);
  if (major >= 13) return '11';
  if (major >= 1) return '10';
  return { 1: '7', 2: '8', 3: '8.1' }[minor] ?? '';
};

const osVersionOf = (os: string, parsed: string, hints: Hints | undefined): string => {
  const hinted = hints?.platformVersion ?? '';
  const speaksOfIt = familiarSystem(hints?.platform ?? '') === os;
  if (!speaksOfIt || !/^\d/.test(hinted)) return parsed;
  return os === 'Windows' ? windowsVersion(hinted) || parsed : hinted.replace(/(\.0)+$/, '');
};

const deviceOf = (os: string, userAgent: string, platform: string | undefined, hints: Hints | undefined): string => {
  if (os === 'iOS') return /\b(?:iPhone|iPad|iPod)\b/.exec(userAgent)?.[0] ?? platform ?? 'Other';
  if (os !== 'Android') return 'Other';
  // `K` is what Chromium puts in every reduced user agent string.
  const written = /Android[^;)]*; (?:[a-z]{2}-[a-zA-Z]{2}; )?([^;)]+?)(?: Build\/[^;)]*)?[;)]/.exec(userAgent)?.[1];
  return hints?.model || (written === undefined || /^(?:K|Mobile|Tablet|wv|rv:.*)$/.test(written) ? 'Other' : written);
};

/** iPadOS asks for the desktop's pages by default and then says Macintosh; FingerprintJS's `platform` sees through it. */
const isDisguised = (userAgent: string, platform: string | undefined): boolean =>
  /Macintosh/.test(userAgent) && (platform === 'iPad' || platform === 'iPhone');

/**
 * Names the browser and its system from the user agent header, or the page's string where no header came, with client
 * hints above it: they carry what the reduced string hides (full version, Windows 11, the phone's model). Made-up
 * brands are passed over. Never throws; what is not known is an empty string, an unknown device is `Other`.
 */
export const readBrowser = (components: Components, userAgentHeader: string): BrowserDetails => {
  const facts = { components };
  const sent = userAgentHeader || sourceValue(facts, 'userAgent') || '';
  const userAgent = sent.slice(0, LONGEST);
  const hints = sourceValue(facts, 'clientHints');
  const platform = sourceValue(facts, 'platform');
  const parsed = /\S/.test(userAgent) ? Bowser.parse(userAgent) : undefined;
  const disguised = isDisguised(userAgent, platform);
  const written = parsed?.os.name ?? '';
  const os = disguised ? 'iOS' : familiarSystem(written);
  const mobile = parsed?.platform.type === 'mobile' || parsed?.platform.type === 'tablet';
  const browser = withHints(
    {
      name: nameFromUserAgent(parsed?.browser.name ?? '', userAgent, os, mobile),
      version: parsed?.browser.version ?? '',
    },
    hints,
  );
  const writtenVersion = os === 'Windows' ? (parsed?.os.versionName ?? '') : (parsed?.os.version ?? '');
  return {
    browserName: browser.name,
    browserMajorVersion: browser.version.split('.')[0] ?? '',
    browserFullVersion: browser.version,
    os,
    osVersion: osVersionOf(os, disguised ? '' : writtenVersion, hints),
    device: deviceOf(os, userAgent, platform, hints),
    userAgent: sent,
  };
};
