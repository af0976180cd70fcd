import type { EventsGetResponse } from '@fingerprintjs/fingerprintjs-pro-server-api';
import { type Browser, launchDriven, type Page, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractDocument, contractValidator } from './contract-document.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { officialClient } from './official-client.ts';
import { type Site, startSite, type VisitResult } from './site.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;
const TAG = { order: 'A-17', nested: { list: [1, null, 'ü'] } };
const LINKED_ID = 'account 42';

const isEvent = sdkValidators('@fingerprintjs/fingerprintjs-pro-server-api')('EventsGetResponse');

let whorl: RunningWhorl;
let site: Site;
let browser: Browser;
let page: Page;
let visits: VisitResult[];
let events: EventsGetResponse[];

const eventAt = (index: number): EventsGetResponse => {
  const event = events[index];
  if (event === undefined) throw new Error(`there is no event ${index}`);
  return event;
};
const identification = (index: number) => {
  const data = eventAt(index).products.identification?.data;
  if (data === undefined) throw new Error('the event has no identification');
  return data;
};

beforeAll(async () => {
  whorl = await startWhorl();
  site = await startSite(whorl);
  browser = await launchDriven();
  page = await browser.newPage();
  visits = [
    await site.visit(page, { tag: TAG, linkedId: LINKED_ID }),
    await site.visit(page),
    await site.visit(page, { linkedId: 'account 43' }),
  ];
  const client = officialClient(whorl);
  events = await Promise.all(visits.map(({ requestId }) => client.getEvent(requestId)));
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await whorl?.stop();
});

describe('the event that the official SDK reads', () => {
  it("validates against the schema derived from the SDK's own types", () => {
    for (const event of events) {
      expectFit(isEvent, event);
    }
  });

  if (contractDocument.exists)
    it("validates against the vendor's OpenAPI document", () => {
      const validate = contractValidator('EventsGetResponse');
      for (const event of events) {
        validate(event);
        expect(validate.errors).toBeNull();
      }
    });

  it('is the visit that the page made', () => {
    const [first] = visits;
    expect(identification(0)).toMatchObject({
      requestId: first?.requestId,
      visitorId: first?.visitorId,
      url: site.url,
      ip: '127.0.0.1',
      tag: TAG,
      linkedId: LINKED_ID,
      replayed: false,
    });
    expect(identification(0).incognito).toBe(eventAt(0).products.incognito?.data?.result);
    expect(identification(0).requestId).toMatch(/^\d{13}\.[a-zA-Z0-9]{6}$/);
    expect(identification(0).visitorId).toMatch(/^[a-zA-Z0-9]{20}$/);
    expect(identification(0).environmentId).toMatch(/^ae_[0-9a-f]{16}$/);
  });

  it('has no linked id and an empty tag where the page gave none', () => {
    expect(identification(1)).not.toHaveProperty('linkedId');
    expect(identification(1).tag).toEqual({});
  });

  it('carries its time in its id and in milliseconds, and as ISO 8601 to the second', () => {
    const { requestId, timestamp, time } = identification(0);
    expect(Number(requestId.slice(0, 13))).toBe(timestamp);
    expect(time).toMatch(ISO);
    expect(Date.parse(time)).toBe(timestamp - (timestamp % 1000));
    expect(Math.abs(Date.now() - timestamp)).toBeLessThan(120_000);
  });

  it('names the browser as it is', async () => {
    const userAgent = await page.evaluate(() => navigator.userAgent);
    const { browserDetails } = identification(0);
    expect(browserDetails).toMatchObject({ userAgent, device: 'Other' });
    expect(browserDetails.browserFullVersion.split('.')[0]).toBe(browserDetails.browserMajorVersion);
    expect(browser.version().split('.')[0]).toBe(browserDetails.browserMajorVersion);
  });

  it('says which client library collected', () => {
    expect(identification(0).sdk).toMatchObject({ platform: 'js', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
  });

  it('knows the visitor again, and since when', () => {
    expect(identification(0).visitorFound).toBe(false);
    expect(identification(0).lastSeenAt).toEqual({ global: null, subscription: null });
    const times = [0, 1].map((index) => new Date(identification(index).timestamp).toISOString());
    expect(identification(2)).toMatchObject({
      visitorId: identification(0).visitorId,
      visitorFound: true,
      firstSeenAt: { subscription: times[0], global: times[0] },
      lastSeenAt: { subscription: times[1], global: times[1] },
    });
    expect(identification(2).confidence?.score).toBeGreaterThan(0.5);
  });

  it('counts visits, addresses and linked ids back from the event, the event included', () => {
    const [first, second, third] = [0, 1, 2].map((index) => eventAt(index).products.velocity?.data);
    const times = (count: number) => ({ intervals: { '5m': count, '1h': count, '24h': count } });
    expect(first).toMatchObject({
      events: times(1),
      ipEvents: times(1),
      distinctIp: times(1),
      distinctLinkedId: times(1),
      distinctIpByLinkedId: times(1),
      distinctVisitorIdByLinkedId: times(1),
    });
    expect(second).toMatchObject({ events: times(2), ipEvents: times(2), distinctIp: times(1) });
    expect(third).toMatchObject({
      events: times(3),
      ipEvents: times(3),
      distinctIp: times(1),
      distinctLinkedId: times(2),
      distinctVisitorIdByLinkedId: times(1),
    });
  });

  it('counts nothing by a linked id that is not there, and no countries of an address without one', () => {
    expect(eventAt(1).products.velocity?.data).toMatchObject({
      distinctCountry: {},
      distinctLinkedId: {},
      distinctIpByLinkedId: {},
      distinctVisitorIdByLinkedId: {},
    });
  });

  it('invents nothing about a loopback address', () => {
    expect(eventAt(0).products.ipInfo?.data).toMatchObject({ v4: { address: '127.0.0.1', geolocation: {} } });
    expect(eventAt(0).products.ipInfo?.data?.v4).not.toHaveProperty('asn');
  });

  it('shows the raw attributes with the values that the page has', async () => {
    const attributes = eventAt(0).products.rawDeviceAttributes?.data ?? {};
    const hardwareConcurrency = await page.evaluate(() => navigator.hardwareConcurrency);
    expect(attributes.hardwareConcurrency).toEqual({ value: hardwareConcurrency });
    expect(attributes.timezone).toEqual({ value: 'UTC' });
    expect(attributes.canvas?.value).toMatchObject({
      Winding: true,
      Geometry: expect.any(String),
      Text: expect.any(String),
    });
  });

  it('has the mobile products, false for a browser', () => {
    const { products } = eventAt(0);
    for (const name of ['rootApps', 'emulator', 'clonedApp', 'jailbroken', 'frida', 'locationSpoofing'] as const) {
      expect(products[name]?.data).toEqual({ result: false });
    }
    expect(products.factoryReset?.data).toMatchObject({ time: expect.stringMatching(ISO), timestamp: 0 });
    expect(Date.parse(products.factoryReset?.data?.time ?? '')).toBe(0);
  });

  it('is also given to a key in the query, beside parameters that it does not know', async () => {
    const answer = await fetch(`${whorl.url}/events/${visits[0]?.requestId}?api_key=${whorl.secretKey}&whatever=1`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(eventAt(0));
  });
});

describe('the validators', () => {
  const broken: [string, (event: EventsGetResponse) => void][] = [
    [
      'a property is missing',
      (event) => Reflect.deleteProperty(event.products.identification?.data ?? {}, 'visitorId'),
    ],
    ['a value has the wrong type', (event) => Object.assign(event.products.tor?.data ?? {}, { result: 'no' })],
  ];
  it.each(broken)('notice when %s', (_, spoil) => {
    const event = structuredClone(eventAt(0));
    spoil(event);
    expect(isEvent(event)).toBe(false);
    if (contractDocument.exists) expect(contractValidator('EventsGetResponse')(event)).toBe(false);
  });

  it('notice a property that no schema names', () => {
    expect(isEvent({ products: { ...eventAt(0).products, whatever: {} } })).toBe(false);
  });
});

if (!contractDocument.exists) {
  process.stderr.write(`NOT RUN: validation against the OpenAPI document: there is no ${contractDocument.path}\n`);
}
