/** What tells that a request is to be given up; the platform's own `AbortSignal` is one. */
export type AbortSignalLike = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

/** The platform's `AbortSignal`, where its types are known: `fetch` takes no other. */
type RequestSignal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : AbortSignalLike;

/** A request as this client makes them. */
export type PostRequest = {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
  /** Cookies are neither sent nor kept: the token goes in the body. */
  credentials: 'omit';
  signal: RequestSignal;
};

/** What is read of an answer. */
export type PostResponse = {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
};

/** Something that can be aborted, and its signal. */
export type Abortable = { readonly signal: RequestSignal; abort(): void };

/** What the client needs of the JavaScript engine that it runs in. Each may be replaced. */
export type Runtime = {
  fetch(url: string, request: PostRequest): Promise<PostResponse>;
  abortable(): Abortable;
  /** Runs something once after `ms` milliseconds; what it gives takes that back. */
  after(ms: number, run: () => void): () => void;
  /** Milliseconds from any origin. Never goes backwards. */
  now(): number;
  /** Unix milliseconds. */
  unixTime(): number;
  /** From 0 to below 1; spreads retries and tells observations apart that are alike, so it need not be hard to guess. */
  random(): number;
};

/** The globals of every engine that React Native and Capacitor run in. */
type Globals = {
  fetch?: Runtime['fetch'];
  AbortController?: new () => Abortable;
  performance?: { now(): number };
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
};

const missing = (name: string): Error => new Error(`this engine has no ${name}: give one in the settings’ runtime`);

/** The engine's own means, looked up when they are used: nothing happens at import time. */
export const engineRuntime = (): Runtime => {
  const engine = globalThis as unknown as Globals;
  return {
    fetch: (url, request) => {
      if (engine.fetch === undefined) throw missing('fetch');
      return engine.fetch(url, request);
    },
    abortable: () => {
      if (engine.AbortController === undefined) throw missing('AbortController');
      return new engine.AbortController();
    },
    after: (ms, run) => {
      const timer = engine.setTimeout(run, ms);
      return () => engine.clearTimeout(timer);
    },
    now: () => engine.performance?.now() ?? Date.now(),
    unixTime: () => Date.now(),
    random: () => Math.random(),
  };
};
