import type { Evidence } from '@whorl/contract';
import { formatValue, toWords } from './format.ts';

/** What visitors are compared by, in words of the reader; the names are those of the explanation. */
export const factTitles: { readonly [fact: string]: string } = {
  device: 'Device',
  gpu: 'Graphics',
  gpuLimits: 'Limits of the graphics',
  screen: 'Screen',
  pixelRatio: 'Pixel ratio',
  screenFrame: 'Edges of the screen',
  colorDepth: 'Colour depth',
  colorGamut: 'Colour gamut',
  hdr: 'High dynamic range',
  cores: 'Processor cores',
  memory: 'Memory',
  platform: 'Platform',
  architecture: 'Architecture',
  touch: 'Touch points',
  canvas: 'Canvas drawing',
  audio: 'Audio rendering',
  math: 'Arithmetic',
  fonts: 'Fonts',
  fontPreferences: 'Text sizes',
  timezone: 'Timezone',
  language: 'Language',
  locale: 'Locale',
  keyboard: 'Keyboard layout',
  voices: 'Voices',
  plugins: 'Plugins',
  mediaDevices: 'Cameras and microphones',
  audioLatency: 'Audio latency',
  preferences: 'Display preferences',
  privacy: 'Privacy choices',
  network: 'Network operator',
  address: 'Address',
  languages: 'All languages',
  blockers: 'Blockers',
  webGpu: 'Limits of WebGPU',
  codecs: 'Video and sound',
  window: 'Size of the window',
  zoom: 'Zoom of the page',
  versions: 'Versions',
  clones: 'Others like it',
  returns: 'How often it comes',
};

const outcomes: { readonly [outcome: string]: string } = {
  agreed: 'the same',
  seen: 'seen before',
  near: 'nearly the same',
  moved: 'changed',
};

const steps: { readonly [step: string]: string } = {
  unknown: 'not known',
  same: 'the same',
  next: 'one version on',
  later: 'some versions on',
  back: 'an earlier one',
};

/** What weighs without being one attribute: by whether it speaks for the visitor or against. */
const circumstances: { readonly [fact: string]: { readonly for: string; readonly against: string } } = {
  clones: { for: 'so many things in common are rare', against: 'many share all of this' },
  returns: { for: 'it is expected back', against: 'new visitors come more often' },
};

/** The title of a fact; one that is not known here is named by its own words. */
export const factTitle = (fact: string): string => {
  const words = toWords(fact);
  return factTitles[fact] ?? words.charAt(0).toUpperCase() + words.slice(1);
};

const stepsTaken = (value: object): string =>
  Object.entries(value)
    .map(([what, step]) => `${what === 'os' ? 'system' : toWords(what)} ${steps[String(step)] ?? String(step)}`)
    .join(', ');

/** What was seen of a fact beside what is known of the visitor. */
export const factOutcome = ({ fact, value, weight }: Evidence): string => {
  const circumstance = circumstances[fact];
  if (circumstance !== undefined) return weight > 0 ? circumstance.for : circumstance.against;
  if (typeof value === 'object' && value !== null) return stepsTaken(value);
  return value === null ? '' : (outcomes[String(value)] ?? formatValue(value));
};
