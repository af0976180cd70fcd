import {
  brave,
  chromeAndroid,
  chromeMac,
  chromiumIncognito,
  chromiumLinux,
  chromiumWithoutDriver,
  edgeWindows,
} from './chromium-browsers.ts';
import type { Browser } from './facts-builder.ts';
import {
  firefoxLinux,
  firefoxPrivate,
  firefoxResisting,
  safariMac,
  safariPad,
  safariPhone,
  webkitGtk,
  webkitGtkPrivate,
} from './other-browsers.ts';

/** Every browser here that nobody has touched, by name. */
export const honestBrowsers: Record<string, Browser> = {
  chromiumLinux,
  chromiumIncognito,
  chromiumWithoutDriver,
  edgeWindows,
  chromeMac,
  chromeAndroid,
  brave,
  firefoxLinux,
  firefoxPrivate,
  firefoxResisting,
  safariPhone,
  safariPad,
  safariMac,
  webkitGtk,
  webkitGtkPrivate,
};
