import { chromiumFlags } from '@whorl/testing';
import { newInjectedContext, newInjectedPage } from 'fingerprint-injector';
import { chromium as patchright } from 'patchright-core';
import { chromium as playwright } from 'playwright-core';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { addExtra, type VanillaPuppeteer } from 'puppeteer-extra';
import stealth from 'puppeteer-extra-plugin-stealth';
import rebrowser from 'rebrowser-puppeteer-core';
import type { Client, Home, Stop } from './client.ts';
import { chromiumPath, firefoxPath, whyNoFirefox, whyNoWindow } from './find-clients.ts';
import { openWithSelenium, whyNoChromedriver } from './selenium.ts';

/** Milliseconds that a tool may take to start its browser. */
const START_TIMEOUT_MS = 30_000;

/** A page that a driver has opened reads its title, as the least that a driver does. */
type DrivenPage = { goto(url: string): Promise<unknown>; title(): Promise<string> };

const look = async (page: DrivenPage, url: string): Promise<void> => {
  await page.goto(url);
  await page.title();
};

const settings = async (home: Home, headless: boolean) => ({
  executablePath: await chromiumPath(),
  headless,
  args: chromiumFlags(),
  env: { ...process.env, ...home.env },
  timeout: START_TIMEOUT_MS,
  // The benchmark ends its clients itself when it is interrupted; the tools would end the whole process.
  handleSIGINT: false,
});

/** What a script sets besides the tool's own choices. */
type Quirks = { args: string[]; ignoreDefaultArgs?: string[] };

type Launch = (typeof puppeteer)['launch'];

/** The two things that give a driver away at once and that everybody knows how to switch off. */
const hiding: Quirks = {
  args: ['--disable-blink-features=AutomationControlled'],
  ignoreDefaultArgs: ['--enable-automation'],
};

/** Puppeteer and what is made of it: the browser's own first window, as scripts mostly use it. */
const withPuppeteer =
  (launch: Launch, headless: boolean, { args, ...quirks }: Quirks = { args: [] }): Client['open'] =>
  async (url, home) => {
    const options = await settings(home, headless);
    const browser = await launch({
      ...options,
      ...quirks,
      args: [...options.args, ...args],
      userDataDir: `${home.folder}/profile`,
      defaultViewport: null,
    });
    await look(await browser.newPage(), url);
    return () => browser.close();
  };

const launchStealthy: Launch = (options) => {
  // Its types know Puppeteer as it was; the one that is given is newer, and that is how it is used.
  const extra = addExtra(puppeteer as unknown as VanillaPuppeteer).use(stealth());
  return extra.launch(options as object) as unknown as Promise<Browser>;
};

const launchRebrowser: Launch = (options) => rebrowser.launch(options as object) as unknown as Promise<Browser>;

const withPlaywright =
  (headless: boolean): Client['open'] =>
  async (url, home) => {
    const browser = await playwright.launch(await settings(home, headless));
    await look(await browser.newPage(), url);
    return () => browser.close();
  };

/** As its makers recommend: a lasting profile, a window of natural size, no header or flag of one's own. */
const withPatchright =
  (headless: boolean, isIdle = false): Client['open'] =>
  async (url, home) => {
    const options = { ...(await settings(home, headless)), viewport: null };
    const context = await patchright.launchPersistentContext(`${home.folder}/profile`, options);
    const page = context.pages()[0] ?? (await context.newPage());
    if (isIdle) await page.goto(url);
    else await look(page, url);
    return () => context.close();
  };

const injectedByPlaywright: Client['open'] = async (url, home) => {
  const browser = await playwright.launch(await settings(home, false));
  const context = await newInjectedContext(browser, {
    fingerprintOptions: { browsers: ['chrome'], devices: ['desktop'] },
  });
  await look(await context.newPage(), url);
  return () => browser.close();
};

const injectedByPuppeteer: Client['open'] = async (url, home) => {
  const browser = await puppeteer.launch({ ...(await settings(home, false)), userDataDir: `${home.folder}/profile` });
  const options = { fingerprintOptions: { browsers: ['chrome' as const], devices: ['desktop' as const] } };
  await look((await newInjectedPage(browser, options)) as unknown as Page, url);
  return () => browser.close();
};

/** Firefox by WebDriver BiDi. */
const firefoxByPuppeteer: Client['open'] = async (url, home) => {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: await firefoxPath(),
    headless: false,
    env: { ...process.env, ...home.env },
    timeout: START_TIMEOUT_MS,
    handleSIGINT: false,
  });
  await look(await browser.newPage(), url);
  return (): ReturnType<Stop> => browser.close();
};

/** A driver is a bot; what it does to hide may well be found to be tampering. */
const driven = (about: string, open: Client['open'], headed = true): Client => ({
  about,
  is: ['botd'],
  either: ['virtualMachine', 'tampering', 'antiDetectBrowser'],
  ...(headed ? { whyNot: whyNoWindow } : {}),
  open,
});

/** The same in a context of its own, which Chromium keeps as it keeps an incognito window. */
const inContext = (about: string, open: Client['open'], headed = true): Client => ({
  ...driven(about, open, headed),
  either: ['virtualMachine', 'tampering', 'antiDetectBrowser', 'incognito'],
});

const launch: Launch = (options) => puppeteer.launch(options);

/** Tools that drive a browser, plain and hiding; with a window wherever that is harder to tell. */
export const drivenClients = {
  puppeteer: driven('puppeteer-core, with a window', withPuppeteer(launch, false)),
  'puppeteer-headless': driven('puppeteer-core, headless', withPuppeteer(launch, true), false),
  'puppeteer-firefox': {
    ...driven('puppeteer-core driving Firefox by WebDriver BiDi, with a window', firefoxByPuppeteer),
    whyNot: whyNoFirefox,
  },
  playwright: inContext('playwright-core, with a window', withPlaywright(false)),
  'playwright-headless': inContext('playwright-core, headless', withPlaywright(true), false),
  selenium: {
    ...driven('selenium-webdriver by chromedriver, with a window', openWithSelenium(false)),
    whyNot: async () => (await whyNoWindow()) ?? whyNoChromedriver(),
  },
  'selenium-headless': {
    ...driven('selenium-webdriver by chromedriver, headless', openWithSelenium(true)),
    whyNot: whyNoChromedriver,
  },
  stealth: driven('puppeteer-extra with its stealth plugin, with a window', withPuppeteer(launchStealthy, false)),
  'stealth-headless': driven('the same, headless', withPuppeteer(launchStealthy, true), false),
  'puppeteer-hidden': driven(
    'puppeteer-core with AutomationControlled switched off, with a window',
    withPuppeteer(launch, false, hiding),
  ),
  rebrowser: driven('rebrowser-puppeteer-core, with a window', withPuppeteer(launchRebrowser, false)),
  'rebrowser-hidden': driven(
    'the same with AutomationControlled switched off',
    withPuppeteer(launchRebrowser, false, hiding),
  ),
  'fingerprint-injector': inContext('fingerprint-injector in Playwright, with a window', injectedByPlaywright),
  'fingerprint-injector-puppeteer': driven('fingerprint-injector in Puppeteer, with a window', injectedByPuppeteer),
  patchright: driven('patchright-core as its makers recommend, with a window', withPatchright(false)),
  'patchright-idle': driven('the same, which opens the page and runs nothing in it', withPatchright(false, true)),
  'patchright-headless': driven('patchright-core, headless', withPatchright(true), false),
} as const satisfies Record<string, Client>;
