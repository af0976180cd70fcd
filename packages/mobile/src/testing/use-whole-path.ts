import type { Event, MobileSectionName } from '@whorl/contract';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Device, mobileDevices } from '../../../engine/src/testing/mobile-devices.ts';
import { hashKey } from '../../../server/src/keys/api-key.ts';
import { signingKeyOf } from '../../../server/src/keys/app-signature.ts';
import { startTestServer, type TestServer } from '../../../server/src/testing/test-server.ts';
import { type ClientSettings, createClient } from '../client.ts';
import type { Readers } from '../readers.ts';
import { memoryTokenStore } from '../token-store.ts';
import { type FlakyServer, startFlakyServer } from './flaky-server.ts';

export type DeviceName = keyof typeof mobileDevices;

/** Readers that find what a device is known to have. */
export const readersOf = ({ sections }: Device): Readers =>
  Object.fromEntries((Object.keys(sections) as MobileSectionName[]).map((name) => [name, () => sections[name]]));

/** A server that listens on loopback, another that misbehaves in front of it, and clients that go through both. */
export const useWholePath = () => {
  let running: { server: TestServer; front: FlakyServer; origin: string } | undefined;

  beforeAll(async () => {
    const server = await startTestServer();
    const origin = await server.app.listen({ port: 0, host: '127.0.0.1' });
    running = { server, origin, front: await startFlakyServer(origin) };
  });
  beforeEach(() => {
    const { front } = path();
    front.moves.length = 0;
    front.seen.length = 0;
  });
  afterAll(async () => {
    await running?.front.close();
    await running?.server.close();
  });

  const path = () => {
    if (running === undefined) throw new Error('the server has not started');
    return running;
  };

  const clientOf = (device: DeviceName, change: Partial<ClientSettings> = {}) => {
    const known: Device = mobileDevices[device];
    if (known.platform === 'js') throw new Error(`${device} is no device of an app`);
    return createClient({
      publicKey: path().server.publicKey,
      endpoint: path().front.url,
      platform: known.platform,
      appId: 'com.example.bank',
      readers: readersOf(known),
      tokenStore: memoryTokenStore(),
      ...change,
    });
  };

  /** The event as it is kept. */
  const keptEvent = async (requestId: string): Promise<Event> => {
    const { store, first } = path().server;
    const event = await store.event({ workspaceId: first.workspace.id }, requestId);
    if (event === undefined) throw new Error(`there is no event ${requestId}`);
    return event;
  };

  /** The event as an API shows it. */
  const shown = async <T>(api: 'v3' | 'v4', requestId: string): Promise<T> => {
    const { secretKey } = path().server;
    const response =
      api === 'v3'
        ? await fetch(`${path().origin}/events/${requestId}`, { headers: { 'auth-api-key': secretKey } })
        : await fetch(`${path().origin}/v4/events/${requestId}`, { headers: { authorization: `Bearer ${secretKey}` } });
    return (await response.json()) as T;
  };

  const signingKey = async (): Promise<string> => {
    const { store, publicKey } = path().server;
    const grant = await store.keyByHash(hashKey(publicKey));
    return signingKeyOf(await store.secret('app'), grant?.key.id ?? '');
  };

  return { path, clientOf, keptEvent, shown, signingKey };
};
