import { chromiumFlags } from '@whorl/testing';
import puppeteer from 'puppeteer-core';
import type { Client } from './client.ts';
import { chromiumPath, whyNoWindow } from './find-clients.ts';

/** A phone as the list of the developer tools has it. */
type Phone = { width: number; height: number; scale: number; userAgent: (version: string) => string; hints?: object };

const pixel: Phone = {
  width: 412,
  height: 915,
  scale: 2.625,
  userAgent: (version) =>
    `Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Mobile Safari/537.36`,
  hints: { platform: 'Android', platformVersion: '13', architecture: '', model: 'Pixel 7', mobile: true },
};

const iphone: Phone = {
  width: 390,
  height: 844,
  scale: 3,
  userAgent: () =>
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
};

/**
 * The commands of the protocol that the device mode of the developer tools gives the page when a phone is chosen: the
 * screen, the user agent with its hints but without a platform, and touch with one point.
 */
const emulating =
  (phone: Phone): Client['open'] =>
  async (url, home) => {
    const browser = await puppeteer.launch({
      executablePath: await chromiumPath(),
      headless: false,
      args: [...chromiumFlags(), '--disable-blink-features=AutomationControlled'],
      ignoreDefaultArgs: ['--enable-automation'],
      env: { ...process.env, ...home.env },
      handleSIGINT: false,
      userDataDir: `${home.folder}/profile`,
      defaultViewport: null,
    });
    const page = await browser.newPage();
    const tools = await page.createCDPSession();
    const version = /\/(\d+)/.exec(await browser.version())?.[1] ?? '';
    await tools.send('Emulation.setDeviceMetricsOverride', {
      width: phone.width,
      height: phone.height,
      deviceScaleFactor: phone.scale,
      mobile: true,
      screenWidth: phone.width,
      screenHeight: phone.height,
      positionX: 0,
      positionY: 0,
      screenOrientation: { type: 'portraitPrimary', angle: 0 },
    });
    await tools.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
    await tools.send('Emulation.setEmitTouchEventsForMouse', { enabled: true, configuration: 'mobile' });
    await tools.send('Network.setUserAgentOverride', {
      userAgent: phone.userAgent(version),
      ...(phone.hints === undefined ? {} : { userAgentMetadata: phone.hints as never }),
    });
    await page.goto(url);
    return () => browser.close();
  };

const emulated = (about: string, phone: Phone): Client => ({
  about,
  is: [],
  either: ['tampering', 'botd', 'antiDetectBrowser', 'virtualMachine', 'developerTools'],
  whyNot: whyNoWindow,
  open: emulating(phone),
});

/** A desktop that shows itself as a phone, as the developer tools do it: by their commands, sent by Puppeteer. */
export const deviceModes = {
  'device-mode-android': emulated('Chromium with the commands of device mode, a Pixel', pixel),
  'device-mode-iphone': emulated('Chromium with the commands of device mode, an iPhone', iphone),
} as const satisfies Record<string, Client>;
