import type { Client } from './client.ts';
import { whyNoFirefox, whyNoWindow } from './find-clients.ts';
import { openByHand } from './open-by-hand.ts';

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
    open: openByHand({ browser: 'chromium' }),
  },
  'chromium-incognito': {
    about: 'Chromium in an incognito window',
    is: ['incognito'],
    either: ['virtualMachine'],
    whyNot: whyNoWindow,
    open: openByHand({ browser: 'chromium', incognito: true }),
  },
  'chromium-devtools': {
    about: 'Chromium with developer tools open from the start',
    is: ['developerTools'],
    either: ['virtualMachine'],
    whyNot: whyNoWindow,
    open: openByHand({ browser: 'chromium', devtools: true }),
  },
  'chromium-utc': {
    ...ORDINARY,
    about: 'Chromium on a machine whose clock is UTC',
    whyNot: whyNoWindow,
    open: openByHand({ browser: 'chromium' }, { TZ: 'UTC' }),
  },
  'chromium-no-webgl': {
    ...ORDINARY,
    about: 'Chromium on a machine without WebGL',
    whyNot: whyNoWindow,
    open: openByHand({ browser: 'chromium', args: NO_WEBGL }),
  },
  'chromium-headless': {
    about: 'Chromium --headless, started by hand: no driver, and no person either',
    is: ['botd'],
    either: ['virtualMachine'],
    open: openByHand({ browser: 'chromium', headed: false }),
  },
  firefox: {
    ...ORDINARY,
    about: 'Firefox with a window, fresh profile',
    whyNot: whyNoFirefox,
    open: openByHand({ browser: 'firefox' }),
  },
  'firefox-private': {
    about: 'Firefox in a private window',
    is: ['incognito'],
    either: ['virtualMachine'],
    whyNot: whyNoFirefox,
    open: openByHand({ browser: 'firefox', incognito: true }),
  },
  'firefox-resisting': {
    about: 'Firefox with privacy.resistFingerprinting',
    is: ['privacySettings'],
    either: ['virtualMachine'],
    whyNot: whyNoFirefox,
    open: openByHand({ browser: 'firefox', prefs: { 'privacy.resistFingerprinting': true } }),
  },
} as const satisfies Record<string, Client>;
