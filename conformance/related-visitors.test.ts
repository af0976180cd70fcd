import {
  canRun,
  type Display,
  findDisplay,
  findFirefox,
  type RunningWhorl,
  startDisplay,
  startWhorl,
} from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { behindProxy, type Proxied } from './behind-proxy.ts';
import { officialClient } from './official-client.ts';
import { startSite } from './site.ts';

const withBoth = canRun(await findFirefox(), 'related visitors') && canRun(await findDisplay(), 'related visitors');

let whorl: RunningWhorl;
let display: Display;
const proxies: Proxied[] = [];

beforeAll(async () => {
  if (!withBoth) return;
  whorl = await startWhorl({ env: { WHORL_TRUSTED_PROXIES: 'loopback' } });
  // A size that few screens have: that is what the two will agree on, whatever graphics this machine has.
  display = await startDisplay([1843, 1037]);
});
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.stop()));
  await display?.stop();
  await whorl?.stop();
});

/** The visitor id of a browser that nothing drives, from a network. */
const visitorOf = async (browser: 'chromium' | 'firefox', address: string): Promise<string> => {
  const proxy = await behindProxy(whorl.url, address);
  proxies.push(proxy);
  const site = await startSite({ url: proxy.url, publicKey: whorl.publicKey });
  const visitorId = await site.visitByHand({ browser, display }, async (visit) => visit.visitorId);
  await site.stop();
  return visitorId;
};

const relatedTo = async (visitorId: string): Promise<string[]> => {
  const { relatedVisitors } = await officialClient(whorl).getRelatedVisitors({ visitor_id: visitorId });
  return relatedVisitors.map((one) => one.visitorId);
};

describe.runIf(withBoth)('Chromium and Firefox of one machine', () => {
  it('are related where they come from one network and their screen tells them apart from others', async () => {
    const chromium = await visitorOf('chromium', '8.8.8.8');
    const firefox = await visitorOf('firefox', '8.8.8.8');
    expect(firefox).not.toBe(chromium);
    expect(await relatedTo(chromium)).toEqual([firefox]);
    expect(await relatedTo(firefox)).toEqual([chromium]);
    // Once it is seen elsewhere only, nothing speaks for the same machine any more.
    await visitorOf('firefox', '9.9.9.9');
    expect(await relatedTo(chromium)).toEqual([]);
  });
});
