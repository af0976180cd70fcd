import type { EventsGetResponse } from '@fingerprintjs/fingerprintjs-pro-server-api';
import {
  canRun,
  type Display,
  findChromium,
  findDisplay,
  findFirefox,
  launchDriven,
  type RunningWhorl,
  startDisplay,
  startWhorl,
} from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { officialClient } from './official-client.ts';
import { type Site, startSite, type VisitResult } from './site.ts';

const chromium = await findChromium();
const firefox = await findFirefox();
const withWindows =
  canRun(await findDisplay(), 'signals of browsers with a window that nothing drives') &&
  canRun(
    chromium.headed ? chromium : { missing: `${chromium.path} has no windows: install chromium` },
    'signals of a Chromium with a window',
  );
const withFirefox = canRun(firefox, 'signals of Firefox') && canRun(await findDisplay(), 'signals of Firefox');

let whorl: RunningWhorl;
let site: Site;

beforeAll(async () => {
  whorl = await startWhorl();
  site = await startSite(whorl);
});
afterAll(async () => {
  await site?.stop();
  await whorl?.stop();
});

type Products = EventsGetResponse['products'];

const productsOf = async (requestId: string): Promise<Products> =>
  (await officialClient(whorl).getEvent(requestId)).products;

/** The verdicts that these tests look at, by product. */
const verdicts = ({ botd, incognito, tampering, developerTools, privacySettings, identification }: Products) => ({
  bot: botd?.data?.bot.result,
  incognito: incognito?.data?.result,
  identificationIncognito: identification?.data?.incognito,
  tampering: tampering?.data?.result,
  developerTools: developerTools?.data?.result,
  privacySettings: privacySettings?.data?.result,
});

const ORDINARY = {
  bot: 'notDetected',
  incognito: false,
  identificationIncognito: false,
  tampering: false,
  developerTools: false,
  privacySettings: false,
};

/** Evidence that needs longer than the answer arrives afterwards: this long the tests wait before they call it absent. */
const SUPPLEMENT_MS = 6_000;

describe('a Chromium driven by Playwright', () => {
  it('is a bad bot of a named type', async () => {
    const browser = await launchDriven();
    const { requestId } = await site.visit(await browser.newPage());
    const { botd } = await productsOf(requestId);
    await browser.close();
    expect(botd?.data?.bot).toEqual({ result: 'bad', type: expect.stringMatching(/^\w+$/) });
  });
});

describe('browsers that nothing drives', () => {
  let display: Display | undefined;
  beforeAll(async () => {
    if (withWindows || withFirefox) display = await startDisplay();
  });
  afterAll(() => display?.stop());

  type Look = {
    browser: 'chromium' | 'firefox';
    incognito?: boolean;
    devtools?: boolean;
    prefs?: Record<string, boolean>;
  };

  /** Products once `isComplete`, or after the time that supplements take. The browser stays open meanwhile. */
  const productsByHand = (look: Look, isComplete: (products: Products) => boolean): Promise<Products> =>
    site.visitByHand({ ...look, ...(display === undefined ? {} : { display }) }, ({ requestId }: VisitResult) =>
      eventually(() => productsOf(requestId), isComplete, SUPPLEMENT_MS),
    );
  const never = (): boolean => false;
  const atOnce = (): boolean => true;

  if (withWindows)
    describe('Chromium with a window', () => {
      it('is an ordinary browser, also after late evidence', async () => {
        expect(verdicts(await productsByHand({ browser: 'chromium' }, never))).toEqual(ORDINARY);
      });

      it('is private in an incognito window, and still no bot', async () => {
        expect(verdicts(await productsByHand({ browser: 'chromium', incognito: true }, atOnce))).toEqual({
          ...ORDINARY,
          incognito: true,
          identificationIncognito: true,
        });
      });

      it('has developer tools while they are open, and is still no bot', async () => {
        const isOpen = (products: Products): boolean => products.developerTools?.data?.result === true;
        expect(verdicts(await productsByHand({ browser: 'chromium', devtools: true }, isOpen))).toEqual({
          ...ORDINARY,
          developerTools: true,
        });
      });
    });

  if (withFirefox)
    describe('Firefox with a window', () => {
      it('is an ordinary browser', async () => {
        expect(verdicts(await productsByHand({ browser: 'firefox' }, never))).toEqual(ORDINARY);
      });

      it('is private in a private window, which is not the same as hardened', async () => {
        expect(verdicts(await productsByHand({ browser: 'firefox', incognito: true }, atOnce))).toEqual({
          ...ORDINARY,
          incognito: true,
          identificationIncognito: true,
        });
      });

      it('is hardened when it resists fingerprinting, and no bot and not tampered with', async () => {
        const prefs = { 'privacy.resistFingerprinting': true };
        expect(verdicts(await productsByHand({ browser: 'firefox', prefs }, atOnce))).toEqual({
          ...ORDINARY,
          privacySettings: true,
        });
      });
    });
});
