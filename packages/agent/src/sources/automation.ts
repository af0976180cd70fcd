import type { SourceValue } from '@whorl/contract';
import { isProxy } from '../is-proxy.ts';
import type { Source } from './source.ts';

/** Names that drivers leave on `window` or `document`. Patterns, because some end in random characters. */
const LEFT_BEHIND =
  /^(?:\$?cdc_|\$chrome_|__\$?(?:web)?driver|__fxdriver|__selenium|_?selenium|_Selenium|callSelenium|calledSelenium|__webdriver|webdriver$|_WEBDRIVER|domAutomation|__puppeteer|puppeteer_|__pw_|__playwright|playwright|__nightmare|_phantom|callPhantom|phantom$|__phantomas|__lastWatir|geb$|wdio|cefQuery|CefSharp|awesomium|__cypress|Cypress$|__stagehand|__browserUse|_Browser_use)/;

const MAX_NAMES = 64;
const NAME_LENGTH = 128;

/** Getters that tools replace to hide what they drive. */
const WATCHED: [string, () => object, string[]][] = [
  [
    'Navigator',
    () => Navigator.prototype,
    [
      'webdriver',
      'plugins',
      'mimeTypes',
      'languages',
      'language',
      'userAgent',
      'platform',
      'vendor',
      'hardwareConcurrency',
      'deviceMemory',
      'permissions',
      'userAgentData',
      'maxTouchPoints',
    ],
  ],
  ['Screen', () => Screen.prototype, ['width', 'height', 'availWidth', 'availHeight', 'colorDepth']],
  ['HTMLIFrameElement', () => HTMLIFrameElement.prototype, ['contentWindow', 'contentDocument']],
];

/** Methods that tools replace, for the same end or to change what is drawn. */
const METHODS: [string, () => unknown][] = [
  ['Function.toString', () => Function.prototype.toString],
  ['Permissions.query', () => globalThis.Permissions?.prototype.query],
  ['WebGLRenderingContext.getParameter', () => globalThis.WebGLRenderingContext?.prototype.getParameter],
  ['HTMLCanvasElement.toDataURL', () => HTMLCanvasElement.prototype.toDataURL],
  ['HTMLCanvasElement.getContext', () => HTMLCanvasElement.prototype.getContext],
  ['CanvasRenderingContext2D.getImageData', () => CanvasRenderingContext2D.prototype.getImageData],
  ['AudioBuffer.getChannelData', () => globalThis.AudioBuffer?.prototype.getChannelData],
  ['Date.getTimezoneOffset', () => Date.prototype.getTimezoneOffset],
];

const printsAsNative = (method: unknown): boolean => {
  if (typeof method !== 'function') return true;
  const own = Object.getOwnPropertyNames(method);
  // Native methods are no constructors: they have no `prototype`, and never a `toString` of their own.
  return (
    Function.prototype.toString.call(method).includes('[native code]') &&
    !own.includes('prototype') &&
    !own.includes('toString')
  );
};

/** A native getter refuses any receiver but its own kind; most replacements answer whoever asks. */
const refusesStrangers = (getter: () => unknown): boolean => {
  try {
    getter.call({});
    return false;
  } catch {
    return true;
  }
};

const getterOf = (owner: object, name: string): (() => unknown) | undefined =>
  Object.getOwnPropertyDescriptor(owner, name)?.get;

const patchedGetters = (): string[] =>
  WATCHED.flatMap(([owner, prototypeOf, names]) =>
    names
      .filter((name) => {
        const getter = getterOf(prototypeOf(), name);
        return getter !== undefined && !(printsAsNative(getter) && refusesStrangers(getter));
      })
      .map((name) => `${owner}.${name}`),
  );

const patchedMethods = (): string[] =>
  METHODS.filter(([, methodOf]) => !printsAsNative(methodOf())).map(([name]) => name);

/** What tools hide behind proxies that print as native code. Few, because each costs a thrown error. */
const DISGUISES: [string, () => unknown][] = [
  ['Function.toString', () => Function.prototype.toString],
  ['Permissions.query', () => globalThis.Permissions?.prototype.query],
  ['HTMLMediaElement.canPlayType', () => globalThis.HTMLMediaElement?.prototype.canPlayType],
  ['WebGLRenderingContext.getParameter', () => globalThis.WebGLRenderingContext?.prototype.getParameter],
  ['HTMLIFrameElement.contentWindow', () => getterOf(HTMLIFrameElement.prototype, 'contentWindow')],
  ...['webdriver', 'plugins', 'languages', 'hardwareConcurrency'].map((name): [string, () => unknown] => [
    `Navigator.${name}`,
    () => getterOf(Navigator.prototype, name),
  ]),
];

const disguised = (): string[] =>
  DISGUISES.filter(([, methodOf]) => {
    const method = methodOf();
    return typeof method === 'function' && isProxy(method);
  }).map(([name]) => name);

const leftBehind = (): string[] =>
  [...Object.getOwnPropertyNames(window), ...Object.getOwnPropertyNames(document)].filter((name) =>
    LEFT_BEHIND.test(name),
  );

const bounded = (names: string[]): string[] => names.slice(0, MAX_NAMES).map((name) => name.slice(0, NAME_LENGTH));

/** Traces of automation that BotD does not look for. */
export const automation: Source<SourceValue<'automation'>> = {
  collect: ({ probes: { hookedAtStart } }) => ({
    ...(typeof navigator.webdriver === 'boolean' ? { webdriver: navigator.webdriver } : {}),
    globals: bounded(leftBehind()),
    navigatorOwn: bounded(Object.getOwnPropertyNames(navigator)),
    patched: bounded([...patchedGetters(), ...patchedMethods()]),
    disguised: bounded(disguised()),
    ...(hookedAtStart === undefined ? {} : { consoleHooked: hookedAtStart }),
  }),
};
