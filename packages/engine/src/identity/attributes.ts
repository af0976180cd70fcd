import type { BrowserDetails, Components, SourceName, SourceValue } from '@whorl/contract';
import { isNoised, sourceValue } from '../facts.ts';
import { networkOf } from './device-key.ts';

/** What identification may read of a visit. `network` names who runs the address's network; both empty where not known. */
export type Observed = {
  components: Components;
  browser: BrowserDetails;
  address: string;
  network: string;
  /** Of the connection's TLS hello, where one was read. No attribute: counted beside the browser. */
  ja4?: string;
};

/**
 * How two readings of an attribute compare.
 * - `value`: they are equal, or one has become the other.
 * - `seen`: a few values alternate (screens, places); each that was seen before is remembered.
 * - `list`: they are equal, or one is the other with little added or taken away.
 */
export type ComparedAs = 'value' | 'seen' | 'list';

/** One attribute that visitors are compared by. */
export type Attribute = {
  /**
   * The attributes that this one depends on most: how common a value is, is counted among browsers of one kind with the same
   * values of these. Parents stand before their children in the registry.
   */
  parents: readonly string[];
  comparison: ComparedAs;
  /** Whether it is one of those that make up a configuration: a device's own, slow to change, and shown in every window. */
  stable: boolean;
  /** The attribute that it is taken to behave like until something is learnt of it; one that stands before it. */
  like?: string;
  /**
   * The least chance that it has changed between two visits, 0..1, whatever was learnt: for what visitors change at will, and
   * simulated ones next to never do.
   */
  movesAtLeast?: number;
  /** The reading as text; undefined where it was not collected, is hidden or random. */
  read: (observed: Observed) => string | undefined;
};

const json = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : JSON.stringify(value);

/**
 * What Brave makes up anew for each session and site, beside the renderings whose noise the agent sees: no second reading
 * tells it. https://github.com/brave/brave-browser/wiki/Fingerprinting-Protections
 */
const MADE_UP_BY_BRAVE: ReadonlySet<SourceName> = new Set(['hardwareConcurrency', 'deviceMemory', 'plugins']);

export const isMadeUp = (observed: Pick<Observed, 'components'>, name: SourceName): boolean =>
  MADE_UP_BY_BRAVE.has(name) && sourceValue(observed, 'privacy')?.brave === true;

/** The value of a source that was not randomised. */
const plain = <N extends SourceName>({ components }: Observed, name: N): SourceValue<N> | undefined =>
  isNoised({ components }, name) || isMadeUp({ components }, name) ? undefined : sourceValue({ components }, name);

const source =
  (name: SourceName) =>
  (observed: Observed): string | undefined =>
    json(plain(observed, name));

/**
 * Engines that randomise canvas and audio per session in private windows. Both renderings of one page agree there, so
 * the agent cannot mark them; leaving them out keeps a private window the same browser.
 * https://bugzilla.mozilla.org/show_bug.cgi?id=1816189 and Safari 17's advanced tracking protection.
 */
const rendersPerSession = ({ browser }: Observed): boolean =>
  /firefox|safari|tor/i.test(browser.browserName) || browser.os === 'iOS';

const graphics = (observed: Observed): string | undefined => {
  const gl = plain(observed, 'webGlBasics');
  return typeof gl === 'object' ? `${gl.vendorUnmasked}|${gl.rendererUnmasked || gl.renderer}` : undefined;
};

const graphicsLimits = (observed: Observed): string | undefined => {
  const extensions = plain(observed, 'webGlExtensions');
  return typeof extensions === 'object' ? `${extensions.parameters}|${extensions.extensions}` : undefined;
};

const canvas = (observed: Observed): string | undefined => {
  if (rendersPerSession(observed)) return undefined;
  const drawn = plain(observed, 'canvas');
  return drawn === undefined ? undefined : `${drawn.geometry}|${drawn.text}`;
};

const audio = (observed: Observed): string | undefined => {
  const level = rendersPerSession(observed) ? undefined : plain(observed, 'audio');
  // Negative values are FingerprintJS's codes for "skipped"; they say nothing of the device.
  return level === undefined || level <= 0 ? undefined : String(level);
};

const preferences = (observed: Observed): string | undefined => {
  const read = (
    ['reducedMotion', 'contrast', 'invertedColors', 'forcedColors', 'reducedTransparency', 'monochrome'] as const
  ).map((name) => plain(observed, name));
  return read.every((value) => value === undefined) ? undefined : JSON.stringify(read);
};

const voices = (observed: Observed): string | undefined => {
  const list = plain(observed, 'voices');
  return list === undefined || list.count === 0 ? undefined : `${list.hash}|${list.defaultVoice ?? ''}`;
};

/**
 * In its private windows Firefox asks for privacy whatever the visitor has chosen, so there it says nothing of the visitor.
 * https://support.mozilla.org/en-US/kb/global-privacy-control
 */
const asksByItself = (observed: Observed): boolean =>
  /firefox/i.test(observed.browser.browserName) && plain(observed, 'incognito')?.isPrivate === true;

const privacyChoices = (observed: Observed): string | undefined => {
  const privacy = asksByItself(observed) ? undefined : plain(observed, 'privacy');
  return privacy === undefined ? undefined : `${privacy.globalPrivacyControl ?? ''}|${privacy.doNotTrack ?? ''}`;
};

/**
 * Width and height as the screen has them, the longer first. WebKit's are left out of `screenResolution`, because it rounds
 * and hides them in some windows; `display` has them.
 */
const screen = (observed: Observed): string | undefined => {
  const known = plain(observed, 'screenResolution');
  const shown = plain(observed, 'display');
  if (known !== undefined) return JSON.stringify(known);
  return shown === undefined ? undefined : JSON.stringify([shown.width, shown.height].sort((a, b) => b - a));
};

const pixelRatio = (observed: Observed): string | undefined => json(plain(observed, 'display')?.pixelRatio);

const primary = (tag: string): string => tag.split('-')[0] ?? '';

/**
 * All languages in their order, where there is more than one. Safari, and private windows of Chromium, tell the first
 * alone, or with its general form: that is no other list, only less of it.
 */
const languageList = (observed: Observed): string | undefined => {
  const list = plain(observed, 'iframe')?.languages ?? [];
  const isMixed = list.some((tag) => primary(tag) !== primary(list[0] ?? ''));
  return isMixed ? list.join() : undefined;
};

/** The graphics by WebGPU without the system's words for it, which change with its versions. */
const webGpu = (observed: Observed): string | undefined => {
  const shown = plain(observed, 'webGpu');
  return shown === undefined ? undefined : `${shown.limits}|${shown.features}`;
};

/** Systems whose windows have no size of their own. */
const isHandheld = ({ browser }: Observed): boolean => browser.os === 'Android' || browser.os === 'iOS';

/**
 * The size of a window that does not fill its screen, in CSS pixels: browsers open the next one as they closed the last. One that
 * fills its screen is like every other such.
 */
const windowSize = (observed: Observed): string | undefined => {
  const shown = isHandheld(observed) ? undefined : plain(observed, 'display');
  if (shown === undefined || shown.outerWidth <= 0 || shown.outerHeight <= 0) return undefined;
  const isWhole = shown.outerWidth >= shown.availWidth && shown.outerHeight >= shown.availHeight;
  return isWhole ? 'whole' : `${shown.outerWidth}x${shown.outerHeight}`;
};

/** Sizes of a page that Safari offers, in per cent. */
const ZOOMS = [50, 75, 85, 100, 115, 125, 150, 175, 200, 250, 300] as const;

/** How far a window's and its page's widths may be from a size that is offered: sidebars take more. */
const ZOOM_WITHIN = 0.015;

/** How much a page is enlarged, where the pixel ratio does not tell: in Safari on desktops. */
const zoom = (observed: Observed): string | undefined => {
  const shown = observed.browser.browserName === 'Safari' ? plain(observed, 'display') : undefined;
  if (shown === undefined || shown.innerWidth <= 0) return undefined;
  const ratio = shown.outerWidth / shown.innerWidth;
  const offered = ZOOMS.find((size) => Math.abs((ratio * 100) / size - 1) <= ZOOM_WITHIN);
  return offered === undefined ? undefined : String(offered);
};

/** Only the first: private windows of Chromium shorten the list. */
const language = (observed: Observed): string | undefined => plain(observed, 'languages')?.[0]?.[0];

/**
 * All attributes that visitors are compared by, in an order that puts parents first. Profiles are stored by this order: a
 * new attribute goes to the end, and one that is given up leaves its place empty.
 *
 * The tree is the design's (a Chow-Liu tree over devices: what the hardware fixes hangs on the graphics, what the country
 * fixes on the timezone); versions and addresses are compared apart, in `compare.ts`.
 */
export const attributes = {
  device: { parents: [], comparison: 'value', stable: true, read: ({ browser }) => browser.device },
  gpu: { parents: ['device'], comparison: 'value', stable: true, read: graphics },
  gpuLimits: { parents: ['gpu'], comparison: 'value', stable: true, read: graphicsLimits },
  screen: { parents: ['device', 'gpu'], comparison: 'seen', stable: false, read: screen },
  pixelRatio: { parents: ['device', 'screen'], comparison: 'seen', stable: false, read: pixelRatio },
  screenFrame: { parents: ['screen'], comparison: 'seen', stable: false, read: source('screenFrame') },
  colorDepth: { parents: ['screen'], comparison: 'seen', stable: false, read: source('colorDepth') },
  colorGamut: { parents: ['device', 'screen'], comparison: 'seen', stable: false, read: source('colorGamut') },
  hdr: { parents: ['screen', 'colorGamut'], comparison: 'seen', stable: false, read: source('hdr') },
  cores: { parents: ['device', 'gpu'], comparison: 'value', stable: true, read: source('hardwareConcurrency') },
  memory: { parents: ['device', 'cores'], comparison: 'value', stable: true, read: source('deviceMemory') },
  platform: { parents: ['device'], comparison: 'value', stable: true, read: source('platform') },
  architecture: { parents: ['gpu'], comparison: 'value', stable: true, read: source('architecture') },
  touch: { parents: ['device'], comparison: 'value', stable: true, read: source('touchSupport') },
  canvas: { parents: ['gpuLimits'], comparison: 'value', stable: true, read: canvas },
  audio: { parents: ['canvas'], comparison: 'value', stable: true, read: audio },
  math: { parents: ['architecture'], comparison: 'value', stable: true, read: source('math') },
  fonts: { parents: [], comparison: 'list', stable: true, read: source('fonts') },
  fontPreferences: { parents: ['pixelRatio'], comparison: 'value', stable: true, read: source('fontPreferences') },
  timezone: { parents: [], comparison: 'seen', stable: false, read: source('timezone') },
  // Of published pairs within two days .998 agree in their languages (FP-Stalker, 2018).
  language: { parents: ['timezone'], comparison: 'value', stable: true, movesAtLeast: 0.002, read: language },
  locale: { parents: ['language'], comparison: 'value', stable: true, read: source('dateTimeLocale') },
  keyboard: { parents: ['language'], comparison: 'value', stable: false, read: source('keyboardLayout') },
  voices: { parents: ['language'], comparison: 'value', stable: false, read: voices },
  plugins: { parents: [], comparison: 'value', stable: false, read: source('plugins') },
  mediaDevices: { parents: ['device'], comparison: 'seen', stable: false, read: source('mediaDevices') },
  audioLatency: { parents: ['device'], comparison: 'seen', stable: false, read: source('audioBaseLatency') },
  preferences: { parents: [], comparison: 'value', stable: false, read: preferences },
  privacy: { parents: [], comparison: 'value', stable: false, read: privacyChoices },
  network: { parents: ['timezone'], comparison: 'seen', stable: false, read: ({ network }) => network || undefined },
  address: { parents: ['network'], comparison: 'seen', stable: false, read: ({ address }) => networkOf(address) },
  languages: { parents: ['language'], comparison: 'value', stable: false, like: 'locale', read: languageList },
  blockers: { parents: ['device'], comparison: 'value', stable: false, like: 'privacy', read: source('domBlockers') },
  webGpu: { parents: ['device', 'screen'], comparison: 'value', stable: true, like: 'gpuLimits', read: webGpu },
  codecs: { parents: ['gpu', 'webGpu'], comparison: 'value', stable: true, like: 'gpuLimits', read: source('codecs') },
  window: { parents: ['screen'], comparison: 'value', stable: false, like: 'screenFrame', read: windowSize },
  zoom: { parents: ['device'], comparison: 'value', stable: false, like: 'screenFrame', read: zoom },
} as const satisfies Record<string, Attribute>;

export type AttributeName = keyof typeof attributes;

export const attributeNames = Object.keys(attributes) as AttributeName[];

/** Every attribute in the registry's order, with its parents' places in it. */
export const attributeList: readonly (Attribute & { name: AttributeName; parentsAt: readonly number[] })[] =
  attributeNames.map((name) => {
    const attribute: Attribute = attributes[name];
    return {
      ...attribute,
      name,
      parentsAt: attribute.parents.map((parent) => attributeNames.indexOf(parent as AttributeName)),
    };
  });
