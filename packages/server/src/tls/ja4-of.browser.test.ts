import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { readJa4 } from '@whorl/engine';
import { canRun, findFirefox, launchByHand, launchDriven } from '@whorl/testing';
import { isGREASE, readTlsClientHello, type TlsClientHelloMessage } from 'read-tls-client-hello';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ja4Of } from './ja4-of.ts';

const firefox = await findFirefox();
const hellos: TlsClientHelloMessage[] = [];
let server: Server;
let url: string;

// A hello comes before any certificate is looked at, so nobody has to be told to trust one.
beforeAll(async () => {
  server = createServer(async (socket) => {
    socket.on('error', () => undefined);
    hellos.push(await readTlsClientHello(socket));
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://localhost:${(server.address() as AddressInfo).port}/`;
});
beforeEach(() => hellos.splice(0));
afterAll(() => server.close());

const parts = () => hellos.map((hello) => readJa4(ja4Of(hello)));

describe('ja4Of real browsers', () => {
  it('has of Chromium its ciphers and GREASE', async () => {
    const browser = await launchDriven();
    const page = await browser.newPage();
    await page.goto(url).catch(() => undefined);
    await browser.close();
    expect(hellos).not.toHaveLength(0);
    const like = { protocol: 'tcp', version: '13', ciphers: 15, protocolOffered: 'h2', cipherHash: '8daaf6152771' };
    for (const ja4 of parts()) expect(ja4).toMatchObject(like);
    expect(hellos.every(({ cipherSuites }) => cipherSuites.some(isGREASE))).toBe(true);
  });

  it.runIf(canRun(firefox, 'the TLS hello of Firefox'))('has of Firefox neither', async () => {
    const browser = await launchByHand({ browser: 'firefox', url, headed: false });
    await expect.poll(() => hellos.length, { timeout: 60_000 }).toBeGreaterThan(0);
    await browser.stop();
    for (const ja4 of parts()) expect(ja4).toMatchObject({ protocol: 'tcp', version: '13', protocolOffered: 'h2' });
    expect(parts().some((ja4) => ja4?.cipherHash === '8daaf6152771')).toBe(false);
    expect(hellos.some(({ cipherSuites }) => cipherSuites.some(isGREASE))).toBe(false);
  });
});
