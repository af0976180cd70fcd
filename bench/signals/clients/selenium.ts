import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromiumFlags } from '@whorl/testing';
import { Builder } from 'selenium-webdriver';
import { Options, ServiceBuilder } from 'selenium-webdriver/chrome.js';
import type { Client } from './client.ts';
import { chromiumPath } from './find-clients.ts';

const onPath = (name: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** Why Selenium cannot drive Chromium here: it would fetch a driver, which a benchmark must not. */
export const whyNoChromedriver = async (): Promise<string | undefined> =>
  onPath('chromedriver') === undefined ? 'no chromedriver: install chromium-driver' : undefined;

/** Chromium by chromedriver, its options those of the examples. */
export const openWithSelenium =
  (headless: boolean): Client['open'] =>
  async (url, home) => {
    const options = new Options()
      .setChromeBinaryPath(await chromiumPath())
      .addArguments(
        ...chromiumFlags(),
        `--user-data-dir=${home.folder}/profile`,
        ...(headless ? ['--headless=new'] : []),
      );
    const service = new ServiceBuilder(onPath('chromedriver') ?? '').setEnvironment({ ...process.env, ...home.env });
    const driver = await new Builder().forBrowser('chrome').setChromeOptions(options).setChromeService(service).build();
    await driver.get(url);
    await driver.getTitle();
    return () => driver.quit();
  };
