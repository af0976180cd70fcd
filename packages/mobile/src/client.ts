import type { IngestAnswer, MobileSection, Sdk, WireObservation } from '@whorl/contract';
import { collect, type Readings, readOne, roundMs } from './collect.ts';
import { fail, type Result } from './errors.ts';
import { MOBILE_VERSION } from './mobile-version.ts';
import type { Readers } from './readers.ts';
import { type AbortSignalLike, engineRuntime, type Runtime } from './runtime.ts';
import type { TokenStore } from './token-store.ts';
import { type Deadline, startDeadline } from './transport/deadline.ts';
import { createWireClient } from './transport/wire-client.ts';
import type { Endpoints } from './transport/with-retries.ts';

export type ClientSettings = {
  publicKey: string;
  /** Address of the server, or several, tried in this order: `https://id.example.com`. */
  endpoint: string | Endpoints;
  platform: Exclude<Sdk['platform'], 'js'>;
  /** Package name or bundle id: the host of the addresses that visits have. */
  appId: string;
  /** What to read of the device. */
  readers: Readers;
  tokenStore: TokenStore;
  /** What `whorl key signing` prints for the public key; or whatever knows it. Without, observations are not signed. */
  signingKey?: string | (() => Promise<string>) | undefined;
  /** Gets a statement of the platform's maker that is bound to the nonce. Called for every attempt. */
  attest?: ((nonce: string) => Promise<MobileSection<'attest'>>) | undefined;
  /** Wrappers around this client, for the event's `sdk`. */
  integrations?: Sdk['integrations'];
  /** In place of the engine's own fetch, clocks and timers. */
  runtime?: Partial<Runtime> | undefined;
};

export type VisitOptions = {
  /** Any JSON. */
  tag?: unknown;
  linkedId?: string | undefined;
  /** Where in the app: `/login` becomes the address `app://com.example.bank/login`. */
  screen?: string | undefined;
  /** Milliseconds until the visit gives up. Default 10,000. */
  timeout?: number | undefined;
  /** Takes the visit back. */
  signal?: AbortSignalLike | undefined;
  /** Ask for the answer's extended part. */
  extended?: boolean | undefined;
  /** The API in whose form results are sealed. Default v4. */
  api?: 'v3' | 'v4' | undefined;
};

/** Observes the device that it runs on. */
export type Client = {
  /** Gets a nonce ahead, say when a form is shown whose sending is to be observed. Never rejects. */
  prepare(): Promise<void>;
  /** Sends one observation and gives the server's answer. Rejects only for a tag that JSON cannot hold. */
  visit(options?: VisitOptions): Promise<Result<IngestAnswer>>;
};

const DEFAULT_TIMEOUT = 10_000;
/** Milliseconds that the slowest readers may hold up an observation. */
const BUDGET = 1_500;
/** The part of the caller's time that reading may use up; the rest is the network's. */
const READING_SHARE = 0.5;

const endpointsOf = (endpoint: string | Endpoints): Endpoints => {
  const [first, ...rest] = typeof endpoint === 'string' ? [endpoint] : endpoint;
  const trimmed = (url: string): string => url.replace(/\/+$/, '');
  return [trimmed(first), ...rest.map(trimmed)];
};

const addressOf = (appId: string, screen: string): string =>
  `app://${appId}${screen.startsWith('/') || screen === '' ? '' : '/'}${screen}`;

/** Makes a client. Nothing is read or sent until it is asked to. */
export const createClient = (settings: ClientSettings): Client => {
  const { publicKey, platform, appId, readers, tokenStore, signingKey, attest, integrations } = settings;
  const runtime: Runtime = { ...engineRuntime(), ...settings.runtime };
  const origin = runtime.now();
  const sdk: Sdk = { platform, version: MOBILE_VERSION, ...(integrations === undefined ? {} : { integrations }) };
  const client = createWireClient({
    runtime,
    endpoints: endpointsOf(settings.endpoint),
    publicKey,
    signingKey: async () => (typeof signingKey === 'function' ? signingKey() : signingKey),
  });

  const readToken = async (): Promise<{ localStorage?: string }> => {
    // A store may answer at once, and may throw at once.
    const stored = async (): Promise<unknown> => tokenStore.read();
    const token = await stored().catch(() => undefined);
    return typeof token === 'string' && token !== '' ? { localStorage: token } : {};
  };

  /** Everything that is known when the time for reading is over. */
  const read = async (deadline: Deadline, timeout: number) => {
    const reading = collect(readers, runtime);
    const tokens = { found: {} as { localStorage?: string } };
    const tokenRead = readToken().then((found) => {
      tokens.found = found;
    });
    const enough = new Promise<void>((resolve) => {
      const cancel = runtime.after(Math.min(BUDGET, timeout * READING_SHARE), resolve);
      void Promise.all([reading.done, tokenRead]).then(cancel).then(resolve);
    });
    await Promise.race([enough, deadline.over]);
    return { readings: reading.readings(), tokens: tokens.found };
  };

  const attested = async (nonce: string, deadline: Deadline): Promise<Readings> => {
    if (attest === undefined) return {};
    const late = deadline.over.then(() => ({
      e: ['Timeout', 'the statement took too long'] as [string, string],
      d: 0,
    }));
    return { attest: await Promise.race([readOne(() => attest(nonce), runtime), late]) };
  };

  const visit = async (options: VisitOptions = {}): Promise<Result<IngestAnswer>> => {
    const { tag, linkedId, screen = '', timeout = DEFAULT_TIMEOUT, signal, extended = false, api = 'v4' } = options;
    const start = roundMs(runtime.now() - origin);
    const deadline = startDeadline(runtime, timeout, signal);
    try {
      const { readings, tokens } = await read(deadline, timeout);
      if (deadline.isOver()) return fail(deadline.reason());
      const write = async (nonce: string): Promise<WireObservation> => ({
        version: 1,
        nonce,
        url: addressOf(appId, screen),
        sdk,
        api,
        tokens,
        sources: { ...readings, ...(await attested(nonce, deadline)) },
        timing: { start, end: roundMs(runtime.now() - origin) },
        // Drawn anew for each attempt: a body that came before, whose answer got lost, would be taken for a copy.
        salt: runtime.random(),
        ...(tag === undefined ? {} : { tag }),
        ...(linkedId === undefined ? {} : { linkedId }),
        ...(extended ? { extended } : {}),
      });
      const result = await client.ingest(write, deadline);
      const token = result.ok ? result.value.token : undefined;
      // Nobody waits for the store, so its failure is nobody's to handle: the device is then known by its traits alone.
      const keep = async (kept: string): Promise<void> => tokenStore.write(kept);
      if (token !== undefined) void keep(token).catch(() => undefined);
      return result;
    } finally {
      deadline.cancel();
    }
  };

  const prepare = async (): Promise<void> => {
    const deadline = startDeadline(runtime, DEFAULT_TIMEOUT);
    try {
      await client.prepare(deadline);
    } finally {
      deadline.cancel();
    }
  };
  return { prepare, visit };
};
