import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { installDebianPackages, whyNoDebianPackages } from './debian-packages.ts';
import type { FoundBrowser, FoundProgram, Missing } from './finding.ts';
import { machineChromium, machineFirefox, onPath, probeBrowser } from './machine-programs.ts';
import { packagedChromium } from './packaged-chromium.ts';

/** Runs `find` once per process. */
const once = <T>(find: () => Promise<T>): (() => Promise<T>) => {
  let result: Promise<T> | undefined;
  return () => {
    result ??= find();
    return result;
  };
};

const playwrightChromium = async (): Promise<FoundBrowser | undefined> => {
  const path = chromium.executablePath();
  return existsSync(path) ? probeBrowser(path, 'playwright') : undefined;
};

const debianChromium = async (): Promise<FoundBrowser | undefined> => {
  await installDebianPackages();
  const found = await machineChromium();
  return found === undefined ? undefined : { ...found, source: 'debian' };
};

/** Why a Debian package could not help, as a sentence that also says what to do. */
const advice = (packageName: string): string =>
  `install ${packageName} (${whyNoDebianPackages() ?? 'apt-get could not install it'})`;

/**
 * A Chromium to test with: one on this machine, else one that Playwright has downloaded, else Debian's package when this
 * process may install it, else the one inside `@sparticuz/chromium`, which can show no windows.
 *
 * Looked for once per process. Rejects, saying what to do, where there is none: the tests cannot do without.
 */
export const findChromium = once(async (): Promise<FoundBrowser> => {
  for (const find of [machineChromium, playwrightChromium, debianChromium, packagedChromium]) {
    const found = await find();
    if (found !== undefined) return found;
  }
  throw new Error(`No Chromium was found: ${advice('chromium')} or set WHORL_TEST_CHROMIUM to the path of one`);
});

/** A Firefox of this machine, installed from Debian's package when this process may. Looked for once per process. */
export const findFirefox = once(async (): Promise<FoundBrowser | Missing> => {
  const found = await machineFirefox();
  if (found !== undefined) return found;
  await installDebianPackages();
  return (await machineFirefox()) ?? { missing: `no Firefox: ${advice('firefox-esr')}` };
});

/** The virtual display server, installed from Debian's package when this process may. Looked for once per process. */
export const findXvfb = once(async (): Promise<FoundProgram | Missing> => {
  if (process.platform !== 'linux') return { missing: 'Xvfb is for Linux' };
  if (onPath('Xvfb') === undefined) await installDebianPackages();
  const path = onPath('Xvfb');
  return path === undefined ? { missing: `no Xvfb: ${advice('xvfb')}` } : { path };
});
