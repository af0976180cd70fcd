import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumFlags } from './chromium-flags.ts';
import { findChromium, findFirefox } from './find-browser.ts';
import { type FoundBrowser, isFound } from './finding.ts';
import { type FirefoxPrefs, writeFirefoxProfile } from './firefox-profile.ts';
import { startProcessGroup } from './process-group.ts';
import { type Display, startDisplay } from './virtual-display.ts';

export type ByHandOptions = {
  browser: 'chromium' | 'firefox';
  /** The page to open. */
  url: string;
  /** With a window on a virtual display, or headless. Default: headed. */
  headed?: boolean;
  /** Chromium `--incognito`, Firefox `-private-window`. */
  incognito?: boolean;
  /** With developer tools open (Chromium). */
  devtools?: boolean;
  /** The window's width and height in pixels. */
  windowSize?: readonly [number, number];
  /** A profile to use again; default a fresh one, removed by `stop`. */
  profileDir?: string;
  /** The languages that pages are asked for in, the one liked best first: `fr,en-US`. Default: the browser's own. */
  languages?: string;
  /** How many of this machine's processors the browser may use (Linux). Chromium tells pages as many, Firefox rounds. */
  processors?: number;
  /** Flags of Chromium besides those of every test. */
  args?: readonly string[];
  /** Preferences of a Firefox profile. */
  prefs?: FirefoxPrefs;
  /** A display that is shared by several browsers; default one of its own when headed. */
  display?: Display;
  env?: Record<string, string>;
};

/** A browser that nothing drives: it tells its results only through the page it shows. */
export type ByHand = { pid: number; stop(): Promise<void> };

const WINDOW: readonly [number, number] = [1280, 900];

const chromiumArgs = (options: ByHandOptions, found: FoundBrowser, profile: string): string[] => [
  ...chromiumFlags(),
  ...found.args,
  `--user-data-dir=${profile}`,
  `--window-size=${(options.windowSize ?? WINDOW).join(',')}`,
  ...(options.headed === false ? ['--headless'] : []),
  ...(options.incognito === true ? ['--incognito'] : []),
  ...(options.languages === undefined ? [] : [`--accept-lang=${options.languages}`]),
  ...(options.devtools === true ? ['--auto-open-devtools-for-tabs'] : []),
  ...(options.args ?? []),
  options.url,
];

const firefoxPrefs = ({ languages, prefs }: ByHandOptions): FirefoxPrefs => ({
  ...(languages === undefined ? {} : { 'intl.accept_languages': languages }),
  ...prefs,
});

const firefoxArgs = (options: ByHandOptions, profile: string): string[] => {
  const [width, height] = options.windowSize ?? WINDOW;
  return [
    '--no-remote',
    '--profile',
    profile,
    ...(options.headed === false ? ['--headless'] : []),
    ...(options.incognito === true ? ['--private-window', options.url] : [options.url]),
    '--width',
    String(width),
    '--height',
    String(height),
  ];
};

/**
 * A browser that is ended leaves files in the temporary folder, and so does the sound server's library. macOS has no room
 * for a longer path in the name of a socket, and gives programs a temporary folder by other ways.
 */
const temporary = (folder: string): Record<string, string> => (process.platform === 'linux' ? { TMPDIR: folder } : {});

const findBrowser = async (browser: ByHandOptions['browser']): Promise<FoundBrowser> => {
  if (browser === 'chromium') return findChromium();
  const found = await findFirefox();
  if (!isFound(found)) throw new Error(found.missing);
  return found;
};

/** All that a program starts inherits which processors it may use. */
const onProcessors = (count: number | undefined, command: [string, ...string[]]): [string, ...string[]] =>
  count === undefined ? command : ['taskset', '--cpu-list', `0-${count - 1}`, ...command];

/**
 * Starts a browser as a person would, with no automation attached, on one page. `stop` ends the browser with all its
 * processes and removes what it left on disk.
 *
 * Rejects where the browser or, when headed, a display is missing: ask `findFirefox` and `findDisplay` first.
 */
export const launchByHand = async (options: ByHandOptions): Promise<ByHand> => {
  const found = await findBrowser(options.browser);
  const home = await mkdtemp(join(tmpdir(), 'whorl-browser-'));
  const profile = options.profileDir ?? home;
  if (options.browser === 'firefox') await writeFirefoxProfile(profile, firefoxPrefs(options));
  const ownDisplay = options.headed !== false && options.display === undefined ? await startDisplay() : undefined;
  const args = options.browser === 'chromium' ? chromiumArgs(options, found, profile) : firefoxArgs(options, profile);
  const display = (options.display ?? ownDisplay)?.env;
  // Caches, crash files and sockets go with the profile; Firefox also refuses a home that belongs to somebody else.
  const env = { ...process.env, HOME: home, ...temporary(home), ...display, ...found.env, ...options.env };
  const [program, ...rest] = onProcessors(options.processors, [found.path, ...args]);
  const group = await startProcessGroup(program, rest, { env });
  return {
    pid: group.pid,
    stop: async () => {
      await group.stop();
      await ownDisplay?.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
};
