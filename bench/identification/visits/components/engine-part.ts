import type { BrowserDetails } from '@whorl/contract';
import { readBrowser } from '@whorl/engine';
import { T } from '../../drift/trait-names.ts';
import { nth } from '../../population/weighted.ts';
import { chromiumMajor, hintsOf, platformOf, userAgentOf } from './agent-strings.ts';
import { digest, fraction, lacks, Memo, majorOf, type Part, type Scene, shows } from './scene.ts';

/** How often an engine changes the way it rounds sound and mathematics, in major versions. */
const SOUND_EVERY = 14;

/** What each engine says of itself, whatever it runs on. */
export const engines = {
  chromium: {
    vendor: 'Google Inc.',
    flavors: ['chrome'],
    evalLength: 33,
    productSub: '20030107',
    features: [
      'SharedWorker',
      'chrome',
      'webkitMediaStream',
      'webkitRequestFileSystem',
      'webkitResolveLocalFileSystemURL',
    ],
    errorMessage: 'toFixed() digits argument must be between 0 and 100',
    clockStep: 0.1,
  },
  webkit: {
    vendor: 'Apple Computer, Inc.',
    flavors: ['safari'],
    evalLength: 37,
    productSub: '20030107',
    features: ['ApplePayError', 'CSSPrimitiveValue', 'GestureEvent', 'SharedWorker', 'WebKitMediaKeys', 'safari'],
    errorMessage: 'toFixed() argument must be between 0 and 100',
    clockStep: 1,
  },
  gecko: {
    vendor: '',
    flavors: [],
    evalLength: 37,
    productSub: '20100101',
    features: ['CSSMozDocumentRule', 'InstallTrigger', 'SharedWorker', 'mozInnerScreenX', 'onmozfullscreenchange'],
    errorMessage: 'precision -1 out of range',
    clockStep: 1,
  },
};

/** The engine behind a look. */
export const engineOf = ({ look: { view } }: Scene): keyof typeof engines =>
  view === 'brave' ? 'chromium' : view === 'resisting' ? 'gecko' : view;

const mathOf = (kind: string) => {
  const values: { [name: string]: number } = {};
  for (const name of ['acos', 'asinh', 'atanh', 'cosh', 'expm1', 'sinh', 'tan', 'tanh', 'powPI']) {
    values[name] = 1 + fraction(`${kind}/${name}`);
  }
  return values;
};

type EngineNames =
  | ('userAgent' | 'platform' | 'vendor' | 'vendorFlavors' | 'osCpu' | 'cpuClass' | 'architecture' | 'cookiesEnabled')
  | ('sessionStorage' | 'localStorage' | 'indexedDB' | 'openDatabase' | 'monochrome' | 'applePay' | 'audio' | 'math')
  | ('privateClickMeasurement' | 'audioBaseLatency' | 'engine' | 'clientHints' | 'userAgentData');

type Made = { components: Part<EngineNames>; details: BrowserDetails; userAgent: string };
const made = new Memo<number, Made>();

const make = (scene: Scene): Made => {
  const { os, look, model } = scene;
  const name = engineOf(scene);
  const engine = engines[name];
  const userAgent = userAgentOf(scene);
  const hints = hintsOf(scene);
  const major = name === 'chromium' ? chromiumMajor(scene) : majorOf(scene.version);
  const arithmetic = `${name}/${os === 'iOS' ? 'macOS' : os}/${model.architecture}`;
  const sound = `${arithmetic}/${Math.floor(major / SOUND_EVERY)}`;
  const components: Part<EngineNames> = {
    userAgent: shows(userAgent),
    platform: shows(platformOf(scene)),
    vendor: shows(engine.vendor),
    vendorFlavors: shows([...engine.flavors]),
    osCpu: name === 'gecko' ? shows(os === 'Windows' ? 'Windows NT 10.0; Win64; x64' : platformOf(scene)) : lacks,
    cpuClass: lacks,
    architecture: shows(model.architecture),
    cookiesEnabled: shows(true),
    sessionStorage: shows(true),
    localStorage: shows(true),
    indexedDB: shows(true),
    openDatabase: shows(false),
    monochrome: shows(0),
    applePay: shows(os === 'iOS' || look.family === 'Safari' ? 1 : -1),
    privateClickMeasurement: name === 'webkit' ? shows('') : lacks,
    audioBaseLatency: name === 'chromium' && os === 'Windows' ? shows(0.01) : lacks,
    audio: shows(124.0434 + fraction(sound) / 1000),
    math: shows(mathOf(arithmetic)),
    engine: shows({
      evalLength: engine.evalLength,
      productSub: engine.productSub,
      features: [...engine.features],
      errorMessage: engine.errorMessage,
    }),
    clientHints: hints === undefined ? lacks : shows(hints),
    userAgentData:
      hints === undefined
        ? lacks
        : shows({
            brands: hints.brands
              .map(({ brand }) => brand)
              .filter((brand) => !/not/i.test(brand))
              .sort(),
            mobile: hints.mobile,
            platform: hints.platform,
            architecture: hints.architecture ?? '',
            bitness: hints.bitness ?? '',
            model: hints.model ?? '',
            platformVersion: hints.platformVersion ?? '',
          }),
  };
  return { components, details: readBrowser(components, userAgent), userAgent };
};

/** The place of whatever the user agent and the hints tell of the model: its name on Android, iPhone or iPad. */
const namePlace = ({ os, at, model }: Scene): number =>
  os === 'Android' ? nth(at, T.model) : model.architecture + (model.name === 'iPad' ? 1 : 0);

/** What follows from browser, system and their versions alone, and how the server's own reader names it. */
export const enginePart = (scene: Scene): Made => {
  const { at } = scene;
  const versions = (nth(at, T.version) * 64 + nth(at, T.osVersion)) * 1024 + namePlace(scene);
  return made.get((nth(at, T.os) * 8 + nth(at, T.family)) * 2 ** 24 + versions, () => make(scene));
};

/** A sound that the browser's noise made. */
export const noisySound = (session: number): number => 124.0434 + fraction(digest(`sound/${session}`)) / 1000;
