import type { SourceName } from '@whorl/contract';
import { componentText, componentTexts, keyOfText } from './component-text.ts';
import type { SeenVisit } from './matcher.ts';

/** A fingerprint as the rules of FP-Stalker look at it. */
export type StalkerFingerprint = {
  /** What must be equal: system, platform, browser, local storage, Do Not Track, cookies, canvas. A key of it all. */
  constant: string;
  version: number;
  fonts: ReadonlySet<string>;
  fontsText: string;
  /** What may change to something similar: user agent, vendor, renderer, plug-ins, languages. */
  similar: readonly string[];
  /** What may change to anything: resolution, time zone. */
  free: readonly string[];
  /** A key of all that may change. */
  whole: string;
};

const constants: readonly SourceName[] = ['platform', 'localStorage', 'cookiesEnabled', 'canvas'];

const fontSets = new Map<string, ReadonlySet<string>>();

const fontsOf = (text: string): ReadonlySet<string> => {
  const known = fontSets.get(text);
  if (known !== undefined) return known;
  const list: unknown = text === '' ? [] : JSON.parse(text);
  const set = new Set(Array.isArray(list) ? list.map(String) : []);
  fontSets.set(text, set);
  return set;
};

const doNotTrackOf = ({ components: { privacy } }: SeenVisit): string =>
  privacy !== undefined && 'value' in privacy ? (privacy.value.doNotTrack ?? '') : '';

const graphicsOf = ({ components: { webGlBasics } }: SeenVisit): readonly [vendor: string, renderer: string] => {
  const basics = webGlBasics !== undefined && 'value' in webGlBasics ? webGlBasics.value : undefined;
  return typeof basics === 'object' ? [basics.vendorUnmasked, basics.rendererUnmasked] : ['', ''];
};

export const stalkerFingerprint = (visit: SeenVisit): StalkerFingerprint => {
  const { components, browserDetails } = visit;
  const { os, browserName, browserMajorVersion } = browserDetails;
  const constant = [os, browserName, doNotTrackOf(visit), componentTexts(components, constants)].join('\n');
  const fontsText = componentText(components, 'fonts');
  const [vendor, renderer] = graphicsOf(visit);
  const texts = [componentText(components, 'plugins'), componentText(components, 'languages')];
  const similar = [browserDetails.userAgent, vendor, renderer, ...texts];
  const free = [componentText(components, 'screenResolution'), componentText(components, 'timezone')];
  return {
    constant: keyOfText(constant),
    version: Number.parseInt(browserMajorVersion, 10) || 0,
    fonts: fontsOf(fontsText),
    fontsText,
    similar,
    free,
    whole: keyOfText([fontsText, ...similar, ...free].join('\n')),
  };
};
