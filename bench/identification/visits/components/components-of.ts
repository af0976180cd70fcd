import type { BrowserDetails, Component, Components, SourceValue } from '@whorl/contract';
import { T } from '../../drift/trait-names.ts';
import { nth } from '../../population/weighted.ts';
import { shownValue } from '../shown-value.ts';
import { displayPart } from './display-part.ts';
import { engineOf, enginePart, engines } from './engine-part.ts';
import { hardwarePart, isNoised, noisePart } from './hardware-part.ts';
import { keyboardShown, languagesShown, workerLanguages, zoneShown } from './locale-part.ts';
import {
  domBlockersShown,
  fontPreferencesShown,
  fontsShown,
  mediaDevicesShown,
  pluginsShown,
  preferencesShown,
  voicesShown,
} from './owner-part.ts';
import { Memo, type Part, type Scene, shows } from './scene.ts';

/** Holds the worker's place until what it repeats is known. */
const NOTHING_YET: Component<SourceValue<'worker'>> = { absent: true, duration: 0 };

const QUOTA = 10_737_418_240;
const RESISTED_CLOCK = 16.667;

type Mode = Part<'storageFacts' | 'incognito' | 'privacy'>;

const modes = new Memo<string, Mode>();

/** What a private window, and wishes not to be tracked, change. */
const modePart = (scene: Scene): Mode => {
  const { look, private: isPrivate, at } = scene;
  const engine = engineOf(scene);
  const settings = nth(at, T.settings);
  return modes.get(`${look.family}/${look.view}/${isPrivate}/${settings}`, () => {
    const isGecko = engine === 'gecko';
    const asks = look.view === 'brave' || (settings & 1) !== 0 || (isGecko && isPrivate);
    return {
      storageFacts: shows({
        ...(engine === 'webkit' ? {} : { quota: QUOTA, usage: 0 }),
        directory: isGecko && isPrivate ? 'SecurityError' : 'ok',
        serviceWorker: !(isGecko && isPrivate),
      }),
      incognito: shows({ isPrivate, browserName: look.family }),
      privacy: shows({
        brave: look.view === 'brave',
        clockStep: look.view === 'resisting' ? RESISTED_CLOCK : engines[engine].clockStep,
        ...(isGecko || look.view === 'brave' ? { globalPrivacyControl: asks } : {}),
        ...((settings & 2) !== 0 ? { doNotTrack: '1' } : {}),
        screenEqualsWindow: look.view === 'resisting',
      }),
    };
  });
};

const workerOf = (scene: Scene, components: Components): SourceValue<'worker'> => {
  const basics = shownValue(components, 'webGlBasics');
  const memory = shownValue(components, 'deviceMemory');
  const graphics = typeof basics === 'object' ? basics.rendererUnmasked || basics.renderer : '';
  return {
    userAgent: shownValue(components, 'userAgent') ?? '',
    platform: shownValue(components, 'platform') ?? '',
    languages: workerLanguages(scene),
    hardwareConcurrency: shownValue(components, 'hardwareConcurrency') ?? 0,
    ...(memory === undefined ? {} : { deviceMemory: memory }),
    timezone: shownValue(components, 'timezone') ?? '',
    webGlRenderer: graphics,
  };
};

/** What the agent sends of a scene, and what the server reads as browser and system. */
export const componentsOf = (scene: Scene): { components: Components; details: BrowserDetails } => {
  const { components: engine, details } = enginePart(scene);
  const hardware = hardwarePart(scene);
  const display = displayPart(scene);
  const preferences = preferencesShown(scene);
  const { plugins, pdfViewerEnabled } = pluginsShown(scene);
  const zone = zoneShown(scene);
  const { languages, dateTimeLocale } = languagesShown(scene);
  const mode = modePart(scene);
  // One literal: objects that grow by parts cost ten times as much, and every visit makes one.
  const components: Components = {
    userAgent: engine.userAgent,
    platform: engine.platform,
    vendor: engine.vendor,
    vendorFlavors: engine.vendorFlavors,
    osCpu: engine.osCpu,
    cpuClass: engine.cpuClass,
    architecture: engine.architecture,
    cookiesEnabled: engine.cookiesEnabled,
    sessionStorage: engine.sessionStorage,
    localStorage: engine.localStorage,
    indexedDB: engine.indexedDB,
    openDatabase: engine.openDatabase,
    monochrome: engine.monochrome,
    applePay: engine.applePay,
    audio: engine.audio,
    math: engine.math,
    privateClickMeasurement: engine.privateClickMeasurement,
    audioBaseLatency: engine.audioBaseLatency,
    engine: engine.engine,
    clientHints: engine.clientHints,
    userAgentData: engine.userAgentData,
    canvas: hardware.canvas,
    webGlBasics: hardware.webGlBasics,
    webGlExtensions: hardware.webGlExtensions,
    hardwareConcurrency: hardware.hardwareConcurrency,
    deviceMemory: hardware.deviceMemory,
    touchSupport: hardware.touchSupport,
    display: display.display,
    screenResolution: display.screenResolution,
    screenFrame: display.screenFrame,
    colorGamut: display.colorGamut,
    colorDepth: display.colorDepth,
    hdr: display.hdr,
    reducedMotion: preferences.reducedMotion,
    contrast: preferences.contrast,
    invertedColors: preferences.invertedColors,
    forcedColors: preferences.forcedColors,
    reducedTransparency: preferences.reducedTransparency,
    plugins,
    pdfViewerEnabled,
    fonts: fontsShown(scene),
    fontPreferences: fontPreferencesShown(scene),
    voices: voicesShown(scene),
    domBlockers: domBlockersShown(scene),
    mediaDevices: mediaDevicesShown(scene),
    timezone: zone.timezone,
    timezoneOffset: zone.timezoneOffset,
    languages,
    dateTimeLocale,
    keyboardLayout: keyboardShown(scene),
    storageFacts: mode.storageFacts,
    incognito: mode.incognito,
    privacy: mode.privacy,
    worker: NOTHING_YET,
  };
  if (isNoised(scene)) Object.assign(components, noisePart(scene));
  components.worker = shows(workerOf(scene, components));
  return { components, details };
};
