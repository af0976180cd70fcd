import type { Component, SourceName, SourceValue } from '@whorl/contract';
import { T } from '../../drift/trait-names.ts';
import { MEDIA } from '../../population/habits.ts';
import { fontsOf } from '../../population/installed-fonts.ts';
import { languageLists } from '../../population/languages.ts';
import { nth } from '../../population/weighted.ts';
import { engineOf } from './engine-part.ts';
import { digest, lacks, Memo, majorOf, type Part, type Scene, shows } from './scene.ts';

type Shown<N extends SourceName> = Component<SourceValue<N>>;

const fonts = new Memo<number, Shown<'fonts'>>();

/** The fonts installed. */
export const fontsShown = ({ os, at, look }: Scene): Shown<'fonts'> => {
  // Resisting Firefox shows only what comes with the system.
  const installed = look.view === 'resisting' ? 0 : nth(at, T.software);
  return fonts.get(nth(at, T.os) * 2 ** 24 + installed, () => shows(fontsOf(os, installed)));
};

const widths = new Memo<string, Shown<'fontPreferences'>>();

/** Which of the measured texts a setting enlarges: all of them on phones, one on desktops. */
const KINDS = ['default', 'serif', 'sans', 'mono', 'min', 'system'] as const;

/** Widths of texts, which the size chosen for text decides. */
export const fontPreferencesShown = (scene: Scene): Shown<'fontPreferences'> => {
  const { os, at } = scene;
  const engine = engineOf(scene);
  const size = scene.look.view === 'resisting' ? 0 : nth(at, T.textSize);
  return widths.get(`${os}/${engine}/${size}`, () => {
    const base = 120 + (Number.parseInt(digest(`${os}/${engine}`).slice(0, 3), 16) % 400) / 16;
    const values: { [name: string]: number } = { apple: os === 'iOS' ? base * (1 + size / 16) : base };
    for (const [place, kind] of KINDS.entries()) {
      const enlarged = os === 'Android' || (os !== 'iOS' && size % KINDS.length === place && size > 0);
      values[kind] = (base + place * 3.5) * (enlarged ? 1 + size / 16 : 1);
    }
    return shows(values);
  });
};

const voices = new Memo<string, Shown<'voices'>>();

/** The voices that speak. */
export const voicesShown = (scene: Scene): Shown<'voices'> => {
  const { os, at, look, version } = scene;
  const engine = engineOf(scene);
  const language = nth(nth(languageLists, nth(at, T.languages)), 0);
  const pack = look.view === 'resisting' ? 0 : nth(at, T.voices);
  // Apple's voices come with its systems; elsewhere they outlive updates.
  const edition = os === 'iOS' ? majorOf(version) : 0;
  return voices.get(`${os}/${engine}/${look.family}/${language}/${pack}/${edition}`, () => {
    const local = (os === 'Windows' ? 3 : os === 'macOS' || os === 'iOS' ? 52 : 8) + pack;
    const remote = look.family === 'Chrome' && os !== 'Android' ? 19 : 0;
    const hash = digest(`voices/${os}/${language}/${pack}/${edition}/${remote}`);
    return shows({ count: local + remote, hash, local });
  });
};

type Preferences = Part<'reducedMotion' | 'contrast' | 'invertedColors' | 'forcedColors' | 'reducedTransparency'>;

const accessibility = new Memo<number, Preferences>();

/** Preferences of accessibility, as media queries tell them. */
export const preferencesShown = (scene: Scene): Preferences => {
  const { at, look } = scene;
  const set = look.view === 'resisting' ? 0 : nth(at, T.accessibility);
  const engine = engineOf(scene);
  const has = (bit: number) => ((set >>> bit) & 1) === 1;
  return accessibility.get(['chromium', 'gecko', 'webkit'].indexOf(engine) * 64 + set, () => ({
    reducedMotion: shows(has(0)),
    contrast: shows(has(3) ? 10 : has(1) ? 1 : 0),
    invertedColors: engine === 'webkit' ? shows(has(2)) : lacks,
    forcedColors: shows(has(3)),
    reducedTransparency: engine === 'gecko' ? lacks : shows(has(4)),
  }));
};

/** Names of the lists that FingerprintJS knows, of which a blocker uses some. */
const LISTS = [
  'adGuardBase',
  'adGuardMobile',
  'adGuardTrackingProtection',
  'easyList',
  'easyPrivacy',
  'fanboyAnnoyances',
];

const blocking = new Memo<number, Shown<'domBlockers'>>();

/** The lists that a content blocker uses. */
export const domBlockersShown = ({ at, os, look }: Scene): Shown<'domBlockers'> => {
  if (os !== 'Android' && look.view !== 'webkit') return lacks;
  const form = nth(at, T.blocker);
  if (form === 0) return lacks;
  return blocking.get(form, () => shows(LISTS.filter((_, bit) => (((form * 7 + 1) >>> bit) & 1) === 1)));
};

const VIEWERS = [
  'PDF Viewer',
  'Chrome PDF Viewer',
  'Chromium PDF Viewer',
  'Microsoft Edge PDF Viewer',
  'WebKit built-in PDF',
];
const MIME_TYPES = [
  { type: 'application/pdf', suffixes: 'pdf' },
  { type: 'text/pdf', suffixes: 'pdf' },
];

const viewers = VIEWERS.map((name) => ({ name, description: 'Portable Document Format', mimeTypes: MIME_TYPES }));
type Plugins = Part<'plugins' | 'pdfViewerEnabled'>;
const withViewer: Plugins = { plugins: shows(viewers), pdfViewerEnabled: shows(true) };
const withoutViewer: Plugins = { plugins: shows([]), pdfViewerEnabled: shows(false) };

/** Plug-ins, which today are the viewer for PDF or none. */
export const pluginsShown = ({ os, at, look, session }: Scene): Plugins => {
  if (os === 'Android' || (nth(at, T.settings) & 4) !== 0) return withoutViewer;
  if (look.view !== 'brave') return withViewer;
  // Brave renames plug-ins for each session and site.
  const made = [0, 1].map((place) => ({
    name: digest(`plugin/${session}/${place}`).slice(0, 14),
    description: digest(`about/${session}/${place}`).slice(0, 14),
    mimeTypes: [],
  }));
  return { plugins: shows([...made, ...viewers.slice(0, 2)]), pdfViewerEnabled: shows(true) };
};

const media = new Memo<number, Shown<'mediaDevices'>>();

/** Whether there are a microphone, a speaker and a camera. */
export const mediaDevicesShown = (scene: Scene): Shown<'mediaDevices'> => {
  const set = engineOf(scene) === 'chromium' ? nth(MEDIA, nth(scene.at, T.media)) : 5;
  const bit = (place: number) => (set >>> place) & 1;
  return media.get(set, () => shows({ audioinput: bit(0), audiooutput: bit(1), videoinput: bit(2) }));
};
