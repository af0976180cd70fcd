import { setTimeout as sleep } from 'node:timers/promises';
import { type EventsGetResponse, FingerprintJsServerApiClient } from '@fingerprintjs/fingerprintjs-pro-server-api';
import type { Event } from '@whorl/contract';
import type { Client, Stop, Tabulated } from './clients/client.ts';
import { makeHome } from './make-home.ts';
import type { Place } from './places.ts';
import type { Site } from './site.ts';

/** A visit that was made: what the official SDK says of it, and the event with its evidence. */
export type Visit = { detected: Record<Tabulated, boolean>; event: Event };

/** A visit, or why there is none. */
export type Outcome = Visit | { failed: string };

/** What visits need: a server behind a site, and a way to its events. */
export type Scene = {
  /** The same site, as visited from each of the places. */
  sites: Readonly<Record<Place, Site>>;
  /** `http://127.0.0.1:<port>` of the server itself. */
  server: string;
  secretKey: string;
  /** The event as it is recorded. */
  event(id: string): Promise<Event | undefined>;
  /** Variables that every client is started with. */
  env: Record<string, string>;
};

/** Milliseconds from the client's start until it is given up. */
const VISIT_TIMEOUT_MS = 60_000;
/** Milliseconds that evidence may come late. */
const SUPPLEMENT_MS = 7_000;
const POLL_MS = 150;
/** Milliseconds that a client may take to end by itself. */
const STOP_MS = 6_000;

/** Milliseconds of probing after which the agent sends what its console probes saw. */
const WATCHED_MS = 2_500;

/** Milliseconds after an event in which the agent sends what came late, where something listens to the console. */
const LATE_MS = 3_000;

/** Whether the slow sources have arrived, so that nothing will be judged anew. */
const isComplete = ({ attributes, time }: Event): boolean => {
  const [probes, window] = [attributes.developerTools, attributes.incognito];
  if (probes === undefined || window === undefined || !('value' in probes)) return false;
  const { stackTraceHits, elapsed } = probes.value as { stackTraceHits: number; elapsed: number };
  return elapsed >= WATCHED_MS || (stackTraceHits > 0 && Date.now() - time > LATE_MS);
};

/** The SDK knows only the vendor's hosts, but takes a `fetch`: this one asks the server. */
const askSdk = async ({ server, secretKey }: Scene, id: string): Promise<EventsGetResponse> => {
  const sdk = new FingerprintJsServerApiClient({
    apiKey: secretKey,
    fetch: (input, init) => {
      const asked = new URL(input instanceof Request ? input.url : input);
      return fetch(server + asked.pathname + asked.search, init);
    },
  });
  return sdk.getEvent(id);
};

const detectedIn = ({ products }: EventsGetResponse): Visit['detected'] => ({
  botd: products.botd?.data?.bot.result === 'bad',
  incognito: products.incognito?.data?.result === true,
  developerTools: products.developerTools?.data?.result === true,
  tampering: products.tampering?.data?.result === true,
  antiDetectBrowser: products.tampering?.data?.antiDetectBrowser === true,
  virtualMachine: products.virtualMachine?.data?.result === true,
  privacySettings: products.privacySettings?.data?.result === true,
  vpn: products.vpn?.data?.result === true,
  tor: products.tor?.data?.result === true,
  proxy: products.proxy?.data?.result === true,
  ipBlocklist: products.ipBlocklist?.data?.result === true,
});

const settled = async (scene: Scene, id: string): Promise<Event> => {
  const deadline = Date.now() + SUPPLEMENT_MS;
  for (;;) {
    const event = await scene.event(id);
    if (event !== undefined && (isComplete(event) || Date.now() > deadline)) return event;
    if (Date.now() > deadline) throw new Error(`the event ${id} was not recorded`);
    await sleep(POLL_MS);
  }
};

const within = async <T>(ms: number, what: string, work: Promise<T>): Promise<T> => {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${what} took more than ${ms / 1000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
};

const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** One client visits once, in a fresh profile, and is ended. Never rejects: a client that hangs or fails is an outcome. */
export const visit = async (client: Client, run: string, scene: Scene): Promise<Outcome> => {
  const site = scene.sites[client.from ?? 'home'];
  const home = await makeHome(scene.env);
  let stop: Stop | undefined;
  const work = async (): Promise<Visit> => {
    const opening = client.open(site.url(run), home).then((opened) => {
      stop = opened;
    });
    // The page may tell before the driver has finished opening it; one that fails to open never tells.
    const told = await Promise.race([site.told(run), opening.then(() => site.told(run))]);
    if ('error' in told) throw new Error(`the page failed: ${told.error}`);
    const event = await settled(scene, told.requestId);
    await opening;
    return { event, detected: detectedIn(await askSdk(scene, told.requestId)) };
  };
  try {
    return await within(VISIT_TIMEOUT_MS, 'the visit', work());
  } catch (error) {
    return { failed: reason(error) };
  } finally {
    await within(STOP_MS, 'ending it', stop?.() ?? Promise.resolve()).catch(() => undefined);
    await home.leave();
  }
};
