import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type ByHandOptions,
  canRun,
  findChromium,
  findDisplay,
  findFirefox,
  type RunningWhorl,
  startWhorl,
} from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { officialClient } from './official-client.ts';
import { type Site, startSite } from './site.ts';

const chromium = await findChromium();
const withWindows =
  canRun(await findFirefox(), 'that Firefox and Chromium of one machine are related') &&
  canRun(await findDisplay(), 'that browsers with windows are related') &&
  chromium.headed;

/** Stands before the server as a proxy would, and says that every visitor comes from this public address. */
const startProxy = async (target: string, address: string): Promise<{ url: string; server: Server }> => {
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, 'x-forwarded-for': address };
    const onward = forward(`${target}${incoming.url}`, { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
};

let whorl: RunningWhorl;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let site: Site;

beforeAll(async () => {
  whorl = await startWhorl({ env: { WHORL_TRUSTED_PROXIES: '127.0.0.0/8' } });
  proxy = await startProxy(whorl.url, '24.105.30.129');
  site = await startSite({ url: proxy.url, publicKey: whorl.publicKey });
});
afterAll(async () => {
  await site?.stop();
  proxy?.server.closeAllConnections();
  proxy?.server.close();
  await whorl?.stop();
});

/** Skipped in sight where the machine has not all of them. */
const withBoth = withWindows ? describe : describe.skip;

withBoth('browsers of one machine behind one address', () => {
  const visit = (browser: ByHandOptions['browser']) =>
    site.visitByHand({ browser }, async ({ visitorId }) => visitorId);

  it('are visitors of their own, and related to one another', async () => {
    const one = await visit('chromium');
    const other = await visit('firefox');
    expect(one).not.toBe(other);
    const related = (visitorId: string) => officialClient(whorl).getRelatedVisitors({ visitor_id: visitorId });
    expect(await related(one)).toEqual({ relatedVisitors: [{ visitorId: other }] });
    expect(await related(other)).toEqual({ relatedVisitors: [{ visitorId: one }] });
  });
});
