import type { IngestAnswer, WireSupplement } from '@whorl/contract';
import { now, pause, roundMs } from './clock.ts';
import { type ConsoleProbes, startConsoleProbes } from './console-probes.ts';
import type { Endpoints } from './endpoints.ts';
import type { Result } from './failure.ts';
import { pageReferrer, pageUrl, type UrlHashing } from './page-url.ts';
import { type Collection, collectSources, type Outcomes, type SourcesByName } from './runner.ts';
import { sdkInfo } from './sdk-info.ts';
import { registry } from './sources/registry.ts';
import type { Surroundings } from './sources/source.ts';
import { tokenNames } from './storage/token-names.ts';
import { tokenVault } from './storage/token-vault.ts';
import { startDeadline } from './transport/deadline.ts';
import { createWireClient } from './transport/wire-client.ts';

export type AgentSettings = {
  publicKey: string;
  endpoints: Endpoints;
  /** Replaces `whorl` in the names of what is stored. */
  storageStem?: string | undefined;
  integrationInfo?: readonly string[] | undefined;
  urlHashing?: UrlHashing | undefined;
  /** Address of the worker's script; undefined for none. */
  workerUrl: string | undefined;
  /** The API in whose form results are sealed. */
  api: 'v3' | 'v4';
  /** Told every answer as the server gave it, before the caller of `visit` gets it. */
  onAnswer?: ((answer: IngestAnswer) => void) | undefined;
};

export type VisitOptions = {
  /** Any JSON. */
  tag?: unknown;
  linkedId?: string | undefined;
  /** Milliseconds, hidden time not counted. Default 10,000. */
  timeout?: number | undefined;
  /** Ask for the answer's extended part. */
  extended?: boolean | undefined;
};

/** An agent at work on a page. */
export type Agent = {
  /** Sends one observation and gives the server's answer. Rejects only for a tag that JSON cannot hold. */
  visit(options?: VisitOptions): Promise<Result<IngestAnswer>>;
};

/** Milliseconds that the slowest sources may hold up an answer; what is later goes into the supplement. */
const BUDGET = 1_500;
const DEFAULT_TIMEOUT = 10_000;
/** The part of the caller's time that collecting may use up; the rest is the network's. */
const COLLECTING_SHARE = 0.5;

const sourcesWhere = (isOnce: boolean): SourcesByName =>
  Object.fromEntries(Object.entries(registry).filter(([, source]) => 'once' in source === isOnce));

/** Resolves when the page goes away; never, once the signal is aborted. */
const pageHidden = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => addEventListener('pagehide', () => resolve(), { once: true, signal }));

/** What has become known since `sent`: sources that were missing, and the console probes where they were still open. */
const whatIsNew = (sent: Outcomes, all: Outcomes, probes: ConsoleProbes, wasSettled: boolean): Outcomes => {
  const late = Object.fromEntries(Object.entries(all).filter(([name]) => !(name in sent)));
  return wasSettled ? late : { ...late, developerTools: { v: probes.read(), d: 0 } };
};

/**
 * Starts an agent: the slow sources, the console probes, and the request for a nonce. Sources that may change while the
 * page lives are collected anew at every visit.
 */
export const startAgent = (settings: AgentSettings): Agent => {
  const start = roundMs(now());
  const client = createWireClient(settings.endpoints, settings.publicKey);
  client.prepare();
  const probes = startConsoleProbes();
  const surroundings: Surroundings = { webGl: {}, frame: {}, probes, workerUrl: settings.workerUrl };
  const lasting = collectSources(sourcesWhere(true), surroundings);
  const vault = tokenVault(tokenNames(settings.publicKey, settings.storageStem));
  const sdk = sdkInfo(settings.integrationInfo);

  const sendSupplement = async (answer: IngestAnswer, sent: Outcomes, fresh: Collection, wasSettled: boolean) => {
    const everything = Promise.all([lasting.done, fresh.done, probes.settled]);
    const listening = new AbortController();
    // A page that goes away tells what it knows by then.
    await Promise.race([everything, pageHidden(listening.signal)]);
    listening.abort();
    const sources = whatIsNew(sent, { ...lasting.outcomes, ...fresh.outcomes }, probes, wasSettled);
    if (Object.keys(sources).length === 0) return;
    const supplement: WireSupplement = { version: 1, requestId: answer.requestId, proof: answer.proof, sources };
    await client.supplement(supplement);
  };

  const visit = async (options: VisitOptions = {}): Promise<Result<IngestAnswer>> => {
    const { timeout = DEFAULT_TIMEOUT, tag, linkedId, extended } = options;
    const deadline = startDeadline(timeout);
    try {
      const wasSettled = probes.isSettled();
      const fresh = collectSources(sourcesWhere(false), surroundings);
      const reading = vault.read();
      const collecting = Promise.all([lasting.done, fresh.done, reading]);
      await Promise.race([collecting, pause(Math.min(BUDGET, timeout * COLLECTING_SHARE)), deadline.over]);
      const tokens = await Promise.race([reading, pause(0).then(() => ({}))]);
      const url = await pageUrl(location.href, settings.urlHashing);
      const referrer = await pageReferrer(document.referrer, settings.urlHashing);
      const sources: Outcomes = { ...lasting.outcomes, ...fresh.outcomes };
      const result = await client.ingest(
        {
          version: 1,
          url,
          referrer,
          sdk,
          api: settings.api,
          tokens,
          timing: { start, end: roundMs(now()) },
          sources,
          ...(tag === undefined ? {} : { tag }),
          ...(linkedId === undefined ? {} : { linkedId }),
          ...(extended ? { extended } : {}),
        },
        deadline,
      );
      if (!result.ok) return result;
      if (result.value.token !== undefined) void vault.write(result.value.token);
      void sendSupplement(result.value, sources, fresh, wasSettled);
      settings.onAnswer?.(result.value);
      return result;
    } finally {
      deadline.cancel();
    }
  };
  return { visit };
};
