import type { Identity } from '@whorl/contract';
import { type ByHandOptions, type RunningWhorl, type ScreenSize, startDisplay } from '@whorl/testing';
import { behindProxy } from './behind-proxy.ts';
import { demoKey, identityOf } from './identity-of.ts';
import { startSite } from './site.ts';

/** A machine as its browsers see it, and where it is: a public address. */
export type Machine = Pick<
  ByHandOptions,
  'incognito' | 'languages' | 'processors' | 'args' | 'prefs' | 'env' | 'profileDir'
> & { screen: ScreenSize; timezone: string; address: string };

/** What a server needs to see machines at public addresses. */
export const seesAddresses = { WHORL_TRUSTED_PROXIES: 'loopback' };

export const HOME = '8.8.8.8';
export const ELSEWHERE = '9.9.9.9';

/** This machine, at home. */
export const homeMachine: Machine = {
  screen: [1920, 1080],
  timezone: 'Europe/Berlin',
  languages: 'en-US,fr',
  address: HOME,
};

/**
 * A visit by a browser that nothing drives, with a window, and a profile that was never used: no cookie, storage or cache
 * of an earlier visit is there.
 */
export const visitFrom = async (
  whorl: RunningWhorl,
  browser: ByHandOptions['browser'],
  { screen, timezone, address, env, ...machine }: Machine,
): Promise<Identity> => {
  const [display, proxy] = await Promise.all([startDisplay(screen), behindProxy(whorl.url, address)]);
  const site = await startSite({ url: proxy.url, publicKey: await demoKey(whorl) });
  try {
    const options = { ...machine, browser, display, env: { ...env, TZ: timezone } };
    return await site.visitByHand(options, (visit) => identityOf(whorl, visit));
  } finally {
    await site.stop();
    await proxy.stop();
    await display.stop();
  }
};
