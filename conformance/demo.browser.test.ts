import { type Browser, launchDriven, type Page, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { officialClient } from './official-client.ts';

const REQUEST_ID = /\b\d{13}\.[a-zA-Z0-9]{6}\b/;
const SHOWN_WITHIN_MS = 15_000;

let whorl: RunningWhorl;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [whorl, browser] = await Promise.all([startWhorl(), launchDriven()]);
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
    console.error('blocked by the policy: ' + event.violatedDirective + ' ' + event.blockedURI);
  })`);
  await page.goto(`${whorl.url}/demo`);
});
afterAll(async () => {
  await browser?.close();
  await whorl?.stop();
});

/** The first request id that a person sees on the page. */
const shownId = async (): Promise<string> => {
  const seen = page.locator('main').getByText(REQUEST_ID).filter({ visible: true }).first();
  return REQUEST_ID.exec((await seen.textContent({ timeout: SHOWN_WITHIN_MS })) ?? '')?.[0] ?? '';
};

/** Waits for a request id other than this one to be shown, and reads its event as a customer's server would. */
const shownEvent = async (other = '') => {
  const requestId = await eventually(shownId, (id) => id !== other, SHOWN_WITHIN_MS);
  const { products } = await officialClient(whorl).getEvent(requestId);
  const visit = products.identification?.data;
  if (visit === undefined) throw new Error('the event has no identification');
  return { products, visit };
};

describe('/demo', () => {
  it('shows the request id of a visit whose event the official SDK reads', async () => {
    const { visit, products } = await shownEvent();
    expect(visit).toMatchObject({ url: `${whorl.url}/demo`, tag: { page: 'demo' }, visitorFound: false });
    expect(products.botd?.data?.bot.result).toBe('bad');
  });

  it('shows the visitor id and links to where the location data come from', async () => {
    const { visit } = await shownEvent();
    expect(await page.getByText(visit.visitorId).filter({ visible: true }).count()).toBeGreaterThan(0);
    expect(await page.locator('a[href="https://db-ip.com"]').count()).toBeGreaterThan(0);
  });

  it('makes another visit of the same visitor at the press of a button', async () => {
    const first = await shownEvent();
    await page.getByRole('button', { name: 'Visit again', exact: true }).click();
    const second = await shownEvent(first.visit.requestId);
    expect(second.visit).toMatchObject({ visitorId: first.visit.visitorId, visitorFound: true });
  });

  it('recognises the browser without its token, too', async () => {
    const first = await shownEvent();
    await page.getByRole('button', { name: /forget the token/i }).click();
    const second = await shownEvent(first.visit.requestId);
    expect(second.visit).toMatchObject({ visitorId: first.visit.visitorId, visitorFound: true });
  });

  it('takes late evidence into account, and then is at rest', async () => {
    const { visit } = await shownEvent();
    await page.waitForTimeout(4_000);
    expect((await shownEvent()).visit.requestId).toBe(visit.requestId);
  });

  it('keeps to its content security policy and logs no error', () => {
    expect(complaints).toEqual([]);
  });

  it('opens an event to nobody who lacks its proof', async () => {
    const { visit } = await shownEvent();
    for (const query of ['', '?proof=', '?proof=AAAA']) {
      const answer = await fetch(`${whorl.url}/demo/events/${visit.requestId}${query}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: 'RequestNotFound' } });
    }
  });
});
