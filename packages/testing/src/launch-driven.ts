import { type Browser, chromium } from 'playwright-core';
import { chromiumFlags } from './chromium-flags.ts';
import { findChromium } from './find-browser.ts';
import type { FoundBrowser } from './finding.ts';

export type DrivenOptions = {
  args?: readonly string[];
  /** Default: the one that {@link findChromium} finds. */
  browser?: FoundBrowser;
};

/** Starts a Chromium headless, driven by Playwright. Close it with `browser.close()`. */
export const launchDriven = async (options: DrivenOptions = {}): Promise<Browser> => {
  const found = options.browser ?? (await findChromium());
  return chromium.launch({
    executablePath: found.path,
    headless: true,
    args: [...chromiumFlags(), ...found.args, ...(options.args ?? [])],
    env: { ...process.env, ...found.env },
  });
};
