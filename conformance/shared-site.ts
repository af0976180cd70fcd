import { type Browser, launchDriven, type RunningWhorl, startWhorl, type WhorlOptions } from '@whorl/testing';
import { afterAll, beforeAll } from 'vitest';
import { type Site, startSite } from './site.ts';

/** What the tests of a file have in common; there from the first test on. */
export type SharedSite = { readonly whorl: RunningWhorl; readonly site: Site; readonly browser: Browser };

/** A server, a site that uses it and a browser to drive, for all tests of a file. */
export const sharedSite = (options: WhorlOptions = {}): SharedSite => {
  let whorl: RunningWhorl;
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    [whorl, browser] = await Promise.all([startWhorl(options), launchDriven()]);
    site = await startSite(whorl);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await whorl?.stop();
  });
  return {
    get whorl() {
      return whorl;
    },
    get site() {
      return site;
    },
    get browser() {
      return browser;
    },
  };
};
