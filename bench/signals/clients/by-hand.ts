import { type ByHandOptions, launchByHand } from '@whorl/testing';
import type { Client } from './client.ts';
import { whyNoFirefox, whyNoWindow } from './find-clients.ts';

/** A browser that a person starts: no driver, no flag that a page could see but those of the options. */
const byHand =
  (options: Omit<ByHandOptions, 'url'>, env: Record<string, string> = {}): Client['open'] =>
  async (url, home) => {
    // The display is in the home's variables already, so the launcher need not start one.
    const display = { env: {}, stop: async () => {} };
    const browser = await launchByHand({ ...options, url, display, env: { ...home.env, ...env } });
    return () => browser.stop();
  };

/** Neither a driver nor a setting: a signal of these is wrong, but for the machine's own. */
const ORDINARY = { is: [], either: ['virtualMachine'] } as const;

/** A machine without graphics: no WebGL, neither by hardware nor by the processor. */
const NO_WEBGL = ['--disable-gpu', '--disable-webgl', '--disable-webgl2', '--disable-3d-apis'];

/** Browsers that a person starts, in the states that people have them in. */
export const byHandClients = {
  chromium: {
    ...ORDINARY,
    about: 'Chromium with a window, fresh profile',
    whyNot: whyNoWindow,
    open: byHand({ browser: 'chromium' }),
  },
  'chromium-incognito': {
    about: 'Chromium in an incognito window',
    is: ['incognito'],
    either: ['virtualMachine'],
    whyNot: whyNoWindow,
    open: byHand({ browser: 'chromium', incognito: true }),
  },
  'chromium-devtools': {
    about: 'Chromium with developer tools open from the start',
    is: ['developerTools'],
    either: ['virtualMachine'],
    whyNot: whyNoWindow,
    open: byHand({ browser: 'chromium', devtools: true }),
  },
  'chromium-utc': {
    ...ORDINARY,
    about: 'Chromium on a machine whose clock is UTC',
    whyNot: whyNoWindow,
    open: byHand({ browser: 'chromium' }, { TZ: 'UTC' }),
  },
  'chromium-no-webgl': {
    ...ORDINARY,
    about: 'Chromium on a machine without WebGL',
    whyNot: whyNoWindow,
    open: byHand({ browser: 'chromium', args: NO_WEBGL }),
  },
  'chromium-headless': {
    about: 'Chromium --headless, started by hand: no driver, and no person either',
    is: ['botd'],
    either: ['virtualMachine'],
    open: byHand({ browser: 'chromium', headed: false }),
  },
  firefox: {
    ...ORDINARY,
    about: 'Firefox with a window, fresh profile',
    whyNot: whyNoFirefox,
    open: byHand({ browser: 'firefox' }),
  },
  'firefox-private': {
    about: 'Firefox in a private window',
    is: ['incognito'],
    either: ['virtualMachine'],
    whyNot: whyNoFirefox,
    open: byHand({ browser: 'firefox', incognito: true }),
  },
  'firefox-resisting': {
    about: 'Firefox with privacy.resistFingerprinting',
    is: ['privacySettings'],
    either: ['virtualMachine'],
    whyNot: whyNoFirefox,
    open: byHand({ browser: 'firefox', prefs: { 'privacy.resistFingerprinting': true } }),
  },
} as const satisfies Record<string, Client>;
