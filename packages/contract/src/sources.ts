import Type, { type Static } from 'typebox';

/**
 * What each source of the agent may send, by name.
 *
 * The order is the order in which attributes appear in `rawDeviceAttributes`. Names up to `webGlExtensions` are those of
 * FingerprintJS v5, whose sources the agent runs; the others are Whorl's own. Bounds are generous for honest browsers
 * and small enough that a hostile one cannot make the server keep much. A value outside its schema is recorded as an
 * error of that source and never reaches a judgement.
 */

const text = (maxLength: number) => Type.String({ maxLength });
const shortTexts = (maxItems: number, maxLength = 128) => Type.Array(text(maxLength), { maxItems });
const maybeNumber = Type.Union([Type.Number(), Type.Null()]);
const numbersByName = Type.Record(Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_]+$' }), maybeNumber, {
  maxProperties: 64,
});
const hash = text(64);

const userAgentData = Type.Object({
  brands: shortTexts(16),
  mobile: Type.Boolean(),
  platform: text(64),
  architecture: Type.Optional(text(64)),
  bitness: Type.Optional(text(16)),
  model: Type.Optional(text(128)),
  platformVersion: Type.Optional(text(64)),
  highEntropyStatus: Type.Optional(text(32)),
});

const brandVersion = Type.Object({ brand: text(128), version: text(64) });

/** What a worker or a fresh iframe says of the same browser. Missing where that context could not ask. */
export const ContextFacts = Type.Object({
  userAgent: Type.Optional(text(1024)),
  platform: Type.Optional(text(64)),
  languages: Type.Optional(shortTexts(64, 64)),
  hardwareConcurrency: Type.Optional(Type.Number()),
  deviceMemory: Type.Optional(Type.Number()),
  timezone: Type.Optional(text(64)),
  webdriver: Type.Optional(Type.Boolean()),
  webGlVendor: Type.Optional(text(256)),
  webGlRenderer: Type.Optional(text(512)),
});
export type ContextFacts = Static<typeof ContextFacts>;

export const sourceSchemas = {
  userAgentData,
  fonts: shortTexts(512),
  domBlockers: shortTexts(256),
  fontPreferences: numbersByName,
  audio: Type.Number(),
  screenFrame: Type.Array(maybeNumber, { maxItems: 4 }),
  canvas: Type.Object({ winding: Type.Boolean(), geometry: hash, text: hash }),
  osCpu: text(128),
  languages: Type.Array(shortTexts(64, 64), { maxItems: 8 }),
  colorDepth: Type.Number(),
  deviceMemory: Type.Number(),
  screenResolution: Type.Array(maybeNumber, { maxItems: 2 }),
  hardwareConcurrency: Type.Number(),
  timezone: text(64),
  sessionStorage: Type.Boolean(),
  localStorage: Type.Boolean(),
  indexedDB: Type.Boolean(),
  openDatabase: Type.Boolean(),
  cpuClass: text(64),
  platform: text(64),
  plugins: Type.Array(
    Type.Object({
      name: text(256),
      description: text(512),
      mimeTypes: Type.Array(Type.Object({ type: text(128), suffixes: text(128) }), { maxItems: 64 }),
    }),
    { maxItems: 64 },
  ),
  touchSupport: Type.Object({ maxTouchPoints: Type.Number(), touchEvent: Type.Boolean(), touchStart: Type.Boolean() }),
  vendor: text(128),
  vendorFlavors: shortTexts(32, 64),
  cookiesEnabled: Type.Boolean(),
  colorGamut: text(16),
  invertedColors: Type.Boolean(),
  forcedColors: Type.Boolean(),
  monochrome: Type.Number(),
  contrast: Type.Number(),
  reducedMotion: Type.Boolean(),
  reducedTransparency: Type.Boolean(),
  hdr: Type.Boolean(),
  math: numbersByName,
  pdfViewerEnabled: Type.Boolean(),
  architecture: Type.Number(),
  applePay: Type.Number(),
  privateClickMeasurement: text(64),
  audioBaseLatency: Type.Number(),
  dateTimeLocale: Type.Union([text(64), Type.Number()]),
  webGlBasics: Type.Union([
    Type.Number(),
    Type.Object({
      version: text(256),
      vendor: text(256),
      vendorUnmasked: text(256),
      renderer: text(512),
      rendererUnmasked: text(512),
      shadingLanguageVersion: text(256),
    }),
  ]),
  /** Each list hashed in the page (MurmurHash3 x64 128): the lists themselves are 5 kB and nobody reads them. */
  webGlExtensions: Type.Union([
    Type.Number(),
    Type.Object({
      contextAttributes: hash,
      parameters: hash,
      shaderPrecisions: hash,
      extensions: hash,
      extensionParameters: hash,
      unsupportedExtensions: hash,
    }),
  ]),

  userAgent: text(1024),
  /** `navigator.userAgentData.getHighEntropyValues` with the versions, which `userAgentData` leaves out for stability. */
  clientHints: Type.Object({
    brands: Type.Array(brandVersion, { maxItems: 16 }),
    mobile: Type.Boolean(),
    platform: text(64),
    platformVersion: Type.Optional(text(64)),
    architecture: Type.Optional(text(64)),
    bitness: Type.Optional(text(16)),
    model: Type.Optional(text(128)),
    uaFullVersion: Type.Optional(text(64)),
    fullVersionList: Type.Optional(Type.Array(brandVersion, { maxItems: 16 })),
    wow64: Type.Optional(Type.Boolean()),
    formFactors: Type.Optional(shortTexts(8, 64)),
  }),
  voices: Type.Object({ count: Type.Number(), hash, local: Type.Number(), defaultVoice: Type.Optional(text(256)) }),
  mediaDevices: Type.Object({ audioinput: Type.Number(), audiooutput: Type.Number(), videoinput: Type.Number() }),
  keyboardLayout: Type.Object({ size: Type.Number(), hash, sample: text(64) }),
  storageFacts: Type.Object({
    quota: Type.Optional(Type.Number()),
    usage: Type.Optional(Type.Number()),
    persisted: Type.Optional(Type.Boolean()),
    /** `navigator.storage.getDirectory()`: `ok`, `missing`, or the name of what it threw. Firefox private windows throw SecurityError. */
    directory: text(64),
    serviceWorker: Type.Boolean(),
  }),
  /** The window and screen as they are, before any stabilisation. Pixels are CSS pixels. */
  display: Type.Object({
    width: Type.Number(),
    height: Type.Number(),
    availWidth: Type.Number(),
    availHeight: Type.Number(),
    outerWidth: Type.Number(),
    outerHeight: Type.Number(),
    innerWidth: Type.Number(),
    innerHeight: Type.Number(),
    pixelRatio: Type.Number(),
    orientation: Type.Optional(text(64)),
    extended: Type.Optional(Type.Boolean()),
  }),
  /** Minutes that UTC is ahead of local time now (`Date.prototype.getTimezoneOffset`), and in January and July. */
  timezoneOffset: Type.Object({ now: Type.Number(), january: Type.Number(), july: Type.Number() }),
  /** BotD's verdict, and the kind that each of its detectors claims, by the detector's name; empty for a plain browser. */
  botd: Type.Object({
    kind: Type.Optional(text(64)),
    detections: Type.Record(Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_]+$' }), text(64), {
      maxProperties: 64,
    }),
  }),
  incognito: Type.Object({
    isPrivate: Type.Boolean(),
    browserName: text(64),
    /**
     * Bytes by which the origin's storage had grown while the library had its database open, and right after it deleted
     * it. Chromium 156+ off the record: 73,728 and 0.
     */
    usageOpened: Type.Optional(Type.Number()),
    usageDeleted: Type.Optional(Type.Number()),
    /** Whether a database takes a file (WebKit): those of its private windows do not. */
    storesBlobs: Type.Optional(Type.Boolean()),
  }),
  /** How the console behaved: counts of `Error.prepareStackTrace` calls, and the ratio of `console.table` to `console.log` time. */
  developerTools: Type.Object({
    stackTraceHits: Type.Number(),
    probes: Type.Number(),
    /** Milliseconds from the agent's start to the last probe. */
    elapsed: Type.Number(),
    tableRatio: Type.Optional(Type.Number()),
    /** The page came to a user's gesture without any input (Chromium): a script that ran through the DevTools protocol. */
    gestureWithoutInput: Type.Optional(Type.Boolean()),
  }),
  /** Facts of automation that BotD leaves out. */
  automation: Type.Object({
    webdriver: Type.Optional(Type.Boolean()),
    /** Names of globals that only automation tools leave behind. */
    globals: shortTexts(64, 128),
    /** Own property names on `navigator`: a plain browser has none. */
    navigatorOwn: shortTexts(64, 128),
    /** Getters of `Navigator.prototype` and like that do not print as native code. */
    patched: shortTexts(64, 128),
    /** Functions and getters that print as native code and are proxies around it. */
    disguised: Type.Optional(shortTexts(64, 128)),
    /** `Error.prepareStackTrace` ran while nothing but the page's own script was at work: a CDP client with Runtime enabled, or DevTools. */
    consoleHooked: Type.Optional(Type.Boolean()),
  }),
  /** Facts that tell resistFingerprinting, Tor Browser and Brave apart from a plain browser. */
  privacy: Type.Object({
    brave: Type.Boolean(),
    /** Smallest positive step of `performance.now()` in milliseconds, of some hundred readings. */
    clockStep: Type.Optional(Type.Number()),
    globalPrivacyControl: Type.Optional(Type.Boolean()),
    doNotTrack: Type.Optional(text(32)),
    screenEqualsWindow: Type.Boolean(),
  }),
  /** Truths of the engine that a forged user agent contradicts. */
  engine: Type.Object({
    /** `eval.toString().length`: 33 in V8, 37 in SpiderMonkey and JavaScriptCore. */
    evalLength: Type.Number(),
    productSub: Type.Optional(text(32)),
    /** Present features, as sorted names. */
    features: shortTexts(64, 64),
    errorMessage: text(128),
  }),
  worker: ContextFacts,
  iframe: ContextFacts,
  /** Names of kinds of video and sound that the device plays, sorted. */
  codecs: shortTexts(32, 32),
  /** The graphics by WebGPU, asked for in WebKit alone. Limits and features are hashed in the page, as those of WebGL are. */
  webGpu: Type.Object({
    vendor: Type.Optional(text(64)),
    architecture: Type.Optional(text(64)),
    /** In bytes: follows the memory. */
    maxBufferSize: Type.Number(),
    limits: hash,
    features: hash,
  }),
} as const;

/** The name of a source. */
export type SourceName = keyof typeof sourceSchemas;

/** The value that a source sends when all goes well; `undefined` where the browser has no such thing. */
export type SourceValue<N extends SourceName> = Static<(typeof sourceSchemas)[N]>;

/** All source names in the order of the registry. */
export const sourceNames = Object.keys(sourceSchemas) as SourceName[];
