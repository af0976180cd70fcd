import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { FoundBrowser } from './finding.ts';
import { runCommand } from './run-command.ts';

type Places = { names: readonly string[]; mac: readonly string[]; windows: readonly string[] };

const CHROMIUM: Places = {
  names: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
    'microsoft-edge-stable',
  ],
  mac: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  windows: [
    'Chromium\\Application\\chrome.exe',
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const FIREFOX: Places = {
  names: ['firefox-esr', 'firefox'],
  mac: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  windows: ['Mozilla Firefox\\firefox.exe'],
};

/** Full path of a program of this name on the PATH, or undefined. */
export const onPath = (name: string, env: NodeJS.ProcessEnv = process.env): string | undefined =>
  (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

const windowsFolders = (): string[] =>
  ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);

const candidates = (places: Places): string[] => {
  if (process.platform === 'darwin') return places.mac.filter((path) => existsSync(path));
  if (process.platform === 'win32') {
    return windowsFolders()
      .flatMap((folder) => places.windows.map((path) => join(folder, path)))
      .filter((path) => existsSync(path));
  }
  return places.names.flatMap((name) => onPath(name) ?? []);
};

const isHeadlessShell = (path: string): boolean => /headless[-_]shell/.test(path);

/**
 * Asks a browser for its version, and so finds out whether it starts at all: Ubuntu's `chromium-browser` may be a
 * script that only tells where to get a browser, and a downloaded one may lack a shared library.
 */
export const probeBrowser = async (
  path: string,
  source: FoundBrowser['source'],
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<FoundBrowser | undefined> => {
  const found = { path, version: '', headed: !isHeadlessShell(path), source, env, args };
  // `chrome.exe --version` opens a window instead of printing.
  if (process.platform === 'win32') return found;
  const { code, stdout } = await runCommand(path, ['--version'], { env: { ...process.env, ...env } });
  const version = /\d+\.[\d.]+/.exec(stdout)?.[0];
  return code === 0 && version !== undefined ? { ...found, version } : undefined;
};

const firstThatStarts = async (paths: readonly string[]): Promise<FoundBrowser | undefined> => {
  for (const path of paths) {
    const found = await probeBrowser(path, 'machine');
    if (found !== undefined) return found;
  }
  return undefined;
};

const named = (...variables: string[]): string[] => variables.flatMap((name) => process.env[name] ?? []);

/** A Chromium, Chrome or Edge of this machine; `WHORL_TEST_CHROMIUM` and `CHROME_PATH` come before all others. */
export const machineChromium = (): Promise<FoundBrowser | undefined> =>
  firstThatStarts([...named('WHORL_TEST_CHROMIUM', 'CHROME_PATH'), ...candidates(CHROMIUM)]);

/** A Firefox of this machine; `WHORL_TEST_FIREFOX` comes before all others. */
export const machineFirefox = (): Promise<FoundBrowser | undefined> =>
  firstThatStarts([...named('WHORL_TEST_FIREFOX'), ...candidates(FIREFOX)]);
