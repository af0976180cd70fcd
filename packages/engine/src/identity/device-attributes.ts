import type { Features } from './features.ts';

/**
 * What two browsers of one device agree on, with the evidence in it. Stated, not measured: `same` is the chance that two
 * browsers of one device agree, `other` the chance that two devices of one system behind one address do.
 */
export type DeviceAttribute = {
  name: string;
  /** Whether the two agree; undefined where one of them does not tell, or not comparably. */
  agree: (a: Features, b: Features) => boolean | undefined;
  same: number;
  other: number | ((features: Features) => number);
};

/** How common a screen is among devices of a system; CSS pixels, the longer side first. */
const SCREENS: Record<string, number> = {
  '[1920,1080]': 0.3,
  '[1536,864]': 0.15,
  '[1366,768]': 0.12,
  '[1440,900]': 0.1,
  '[1512,982]': 0.1,
  '[2560,1440]': 0.08,
  '[1470,956]': 0.08,
  '[1600,900]': 0.05,
  '[1280,720]': 0.05,
};
const RARE_SCREEN = 0.04;
/** Phones of all makes share a few sizes, iPhones very few. */
const PHONE_SCREENS: Record<string, number> = { iOS: 0.2, Android: 0.08 };

/** How common a maker of graphics is. On Apple's systems there is but one. */
const MAKERS: Record<string, number> = { Intel: 0.55, NVIDIA: 0.2, AMD: 0.2, Qualcomm: 0.5, ARM: 0.45, Apple: 0.95 };
const RARE_MAKER = 0.05;
/** How many devices with graphics of one maker have the same model. */
const MODEL_OF_MAKER = 0.2;

/** How common a number of logical processors is. */
const CORES: Record<string, number> = { 2: 0.1, 4: 0.25, 6: 0.1, 8: 0.3, 10: 0.1, 12: 0.15, 16: 0.15 };
const RARE_CORES = 0.04;

/** The rendering engine, as far as engines round numbers in ways of their own. */
const engineOf = ({ os, browser = '' }: Features): 'webkit' | 'gecko' | 'chromium' => {
  if (os === 'iOS' || /safari/i.test(browser)) return 'webkit';
  return /firefox|tor browser/i.test(browser) ? 'gecko' : 'chromium';
};

const sameEngine = (a: Features, b: Features): boolean => engineOf(a) === engineOf(b);

const equal =
  (name: string) =>
  (a: Features, b: Features): boolean | undefined =>
    a[name] === undefined || b[name] === undefined ? undefined : a[name] === b[name];

/** Maker and model of the feature `graphics`. */
const graphicsOf = ({ graphics }: Features): { maker: string; model: string } | undefined => {
  if (graphics === undefined) return undefined;
  const [maker = '', model = ''] = graphics.split('|');
  return { maker, model };
};

const sameModel = (a: Features, b: Features): boolean | undefined => {
  const [one, two] = [graphicsOf(a), graphicsOf(b)];
  return one === undefined || two === undefined || one.model === '' || two.model === ''
    ? undefined
    : one.maker === two.maker && one.model === two.model;
};

const makerChance = (features: Features): number => MAKERS[graphicsOf(features)?.maker ?? ''] ?? RARE_MAKER;

/** The maker says nothing more where the models can be compared. */
const sameMaker = (a: Features, b: Features): boolean | undefined => {
  const [one, two] = [graphicsOf(a), graphicsOf(b)];
  return one === undefined || two === undefined || sameModel(a, b) !== undefined ? undefined : one.maker === two.maker;
};

const isMany = ({ cores }: Features): boolean => Number(cores) >= 8;

/** Firefox tells only whether there are eight or more, Safari no number above eight. */
const sameCoresRoughly = (a: Features, b: Features): boolean | undefined =>
  a.cores === undefined || b.cores === undefined || sameEngine(a, b) ? undefined : isMany(a) === isMany(b);

const sameCores = (a: Features, b: Features): boolean | undefined =>
  sameEngine(a, b) ? equal('cores')(a, b) : undefined;

/** `Other` is what a browser says that hides the model. */
const sameDevice = (a: Features, b: Features): boolean | undefined =>
  a.device === 'Other' || b.device === 'Other' ? undefined : equal('device')(a, b);

/**
 * All that is compared. Nothing here depends on the browser: no canvas, sound, fonts, arithmetic, language or version.
 * Where Apple's phones hide their model, and all have the same number of cores, agreement says little.
 */
export const deviceAttributes: readonly DeviceAttribute[] = [
  {
    name: 'screen',
    agree: equal('screen'),
    same: 0.9,
    other: ({ os = '', screen = '' }) => PHONE_SCREENS[os] ?? SCREENS[screen] ?? RARE_SCREEN,
  },
  {
    name: 'graphics model',
    agree: sameModel,
    same: 0.95,
    other: (features) => MODEL_OF_MAKER * makerChance(features),
  },
  { name: 'graphics maker', agree: sameMaker, same: 0.95, other: makerChance },
  {
    name: 'cores',
    agree: sameCores,
    same: 0.97,
    other: ({ os, cores = '' }) => (os === 'iOS' ? 0.9 : (CORES[cores] ?? RARE_CORES)),
  },
  {
    name: 'rough number of cores',
    agree: sameCoresRoughly,
    same: 0.97,
    other: (features) => (isMany(features) ? 0.6 : 0.4),
  },
  { name: 'memory', agree: equal('memory'), same: 0.98, other: 0.4 },
  { name: 'device', agree: sameDevice, same: 0.97, other: ({ os }) => (os === 'iOS' ? 0.7 : 0.15) },
  { name: 'platform', agree: equal('platform'), same: 0.99, other: 0.9 },
  { name: 'architecture', agree: equal('architecture'), same: 0.99, other: 0.9 },
  { name: 'touch', agree: equal('touch'), same: 0.95, other: 0.85 },
  { name: 'color depth', agree: equal('colorDepth'), same: 0.85, other: 0.75 },
  { name: 'timezone', agree: equal('timezone'), same: 0.98, other: 0.95 },
];
