import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { closeApp } from './close-app.ts';
import type { Settings } from './config/setting-registry.ts';
import { readConnection } from './http/agent/connection-facts.ts';
import { createApp } from './http/app.ts';
import { readExplorerFiles } from './http/docs/explorer-files.ts';
import { RateLimits } from './http/server-api/rate-limits.ts';
import { readIdentityModel } from './identity-model.ts';
import { countedFirst } from './ingest/counted-first.ts';
import { Counts } from './ingest/counts.ts';
import { EdgeIntake } from './ingest/edge/edge-intake.ts';
import { createIgnoredReporter } from './ingest/ignored-evidence.ts';
import type { ReportFailure } from './ingest/judge-failure.ts';
import { Pipeline } from './ingest/pipeline.ts';
import { Population } from './jobs/population.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { listenAt } from './listen-at.ts';
import { openNetworkLists } from './lists/open-network-lists.ts';
import { openAgentKeys } from './lookup/agent-keys.ts';
import { asnDataOnce } from './lookup/asn-data.ts';
import { bundledCrawlerRanges } from './lookup/crawler-ranges.ts';
import { createNetworkLookup } from './lookup/network-lookup.ts';
import { verifyAgentSignature } from './lookup/verify-agent-signature.ts';
import { serverJobs } from './server-jobs.ts';
import { openStore } from './storage/open-store.ts';
import type { Store } from './storage/store.ts';
import { createMetrics } from './telemetry/create-metrics.ts';
import { loggerOptions } from './telemetry/logger-options.ts';
import { type FirstWorkspace, firstWorkspace } from './tenancy/first-workspace.ts';
import { TlsServer } from './tls/tls-server.ts';
import { readWebFiles } from './web-files.ts';
import { createWebhooks } from './webhooks/create-webhooks.ts';

/** A server that is ready to listen. */
export type Server = {
  store: Store;
  first: FirstWorkspace;
  log: FastifyBaseLogger;
  /** Starts to listen and resolves to the address, as `http://host:port`, or `https://` where it ends TLS. */
  listen(): Promise<string>;
  /** Stops listening, answers what has arrived, and closes the store. Nothing that was acknowledged is lost. */
  stop(): Promise<void>;
};

/** How a store is opened: `mustExist` makes no new one, `claim` takes it for a server before anything in it is touched. */
export type StoreUse = { mustExist?: boolean; claim?: boolean };

/** The store of the settings, with its schema up to date. */
export const composeStore = async (
  settings: Settings,
  { mustExist = false, claim = false }: StoreUse = {},
): Promise<Store> => {
  const store = await openStore({ dataDir: settings.dataDir, databaseUrl: settings.databaseUrl, mustExist });
  if (claim) await store.claim();
  await store.migrate((sentence) => process.stderr.write(`${sentence}\n`));
  return store;
};

/** The one place where the rooms are put together. */
export const composeServer = async (settings: Settings): Promise<Server> => {
  const web = await readWebFiles();
  const { tlsCert, tlsKey } = settings;
  const tls = tlsCert === null || tlsKey === null ? undefined : await TlsServer.open({ cert: tlsCert, key: tlsKey });
  const store = await composeStore(settings, { claim: true });
  const metrics = createMetrics();
  const crawlers = bundledCrawlerRanges();
  const asns = asnDataOnce();
  const lists = await openNetworkLists(settings, {
    crawlers,
    asns,
    log: { warn: (fields, message) => app.log.warn(fields, message) },
    metrics: metrics.lists,
  });
  const lookup = createNetworkLookup({
    geoDatabase: settings.geoDatabase,
    databaseLog: { log: pino(loggerOptions(settings.logLevel), process.stderr), count: metrics.databases.read },
    crawlers,
    lists,
    asns,
  });
  await lookup.open();
  metrics.databases.watch(() => lookup.databases());
  const secrets = {
    token: await store.secret('token'),
    nonce: await store.secret('nonce'),
    proof: await store.secret('proof'),
    zone: await store.secret('zone'),
    app: await store.secret('app'),
  };
  const first = await firstWorkspace(store, settings, Date.now());
  const population = new Population(store);
  await population.refresh(Date.now());
  metrics.webhooks.watch(() => store.pendingDeliveries());
  const webhooks = await createWebhooks({
    store,
    privateAddresses: settings.webhookPrivateAddresses,
    gauges: metrics.webhooks,
  });
  const reportFailure: ReportFailure = ({ what, reason, requestId }) => {
    metrics.pipeline.failed(what);
    app.log.error({ err: reason, what, requestId }, 'a part of an event could not be judged');
  };
  const reportIgnored = createIgnoredReporter({
    log: (fields, message) => app.log.warn(fields, message),
    count: metrics.pipeline.ignored,
  });
  const counts = new Counts(store);
  const pipeline = new Pipeline({
    store,
    counts,
    model: await readIdentityModel(),
    lookup: (address, time) => lookup.lookup(address, time),
    populationOf: (workspaceId) => population.of(workspaceId),
    secrets,
    owedTo: (workspace, environmentId) => webhooks.directory.owedTo(workspace, environmentId),
    listeners: [metrics.pipeline.recorded, webhooks.recorded],
    gauges: metrics.pipeline,
    reportFailure,
    reportIgnored,
  });

  const agentKeys = await openAgentKeys(settings.agentKeys);
  const edge = new EdgeIntake({
    store,
    lookup: (address, time) => lookup.lookup(address, time),
    agentKeys,
    reportFailure,
  });

  const limiter = new RateLimits();
  let stopping = false;
  const app = await createApp({
    ingest: {
      store,
      region: settings.region,
      limiter,
      pipeline,
      secrets,
      signatures: {
        verify: (request, time) => verifyAgentSignature(request, time, agentKeys),
        publicHosts: settings.publicHosts ?? [],
      },
      connection: readConnection({
        ...settings,
        trustedProxies: settings.trustedProxies ?? [],
        helloOf: tls === undefined ? undefined : (socket) => tls.hellos.helloOf(socket),
      }),
      reportFailure,
      reportIgnored,
      ownPagesKey: settings.demo ? first.demoKey : null,
      count: metrics.countIngest,
    },
    serverApi: { store: countedFirst(store, counts), region: settings.region, limiter, settle: settings.eventSettle },
    managementKey: settings.managementKey,
    webhooks,
    edge,
    scripts: web.scripts,
    demo: settings.demo
      ? { store, proofSecret: secrets.proof, files: web.demo, environment: first.environment, publicKey: first.demoKey }
      : null,
    docs: settings.docs ? { files: await readExplorerFiles() } : null,
    ops: {
      store,
      notReady: () => (stopping ? 'stopping' : null),
      metrics,
      ...(lists === undefined ? {} : { lists: () => lists.status() }),
      ...(settings.geoDatabase === null ? {} : { databases: () => lookup.databases() }),
    },
    // Logs go to standard error: standard output is for the person who started the server.
    logger: { ...loggerOptions(settings.logLevel), stream: process.stderr },
    stopping: () => stopping,
    serverFactory: tls?.factory,
    trustedProxies: settings.trustedProxies ?? [],
  });
  await lists?.load();
  const stopJobs = startJobs(serverJobs({ store, lists, lookup, population, counts, tls, webhooks }), app.log);
  webhooks.start(app.log);

  return {
    store,
    first,
    log: app.log,
    listen: () => listenAt(app, settings, tls === undefined ? 'http' : 'https'),
    async stop() {
      stopping = true;
      lists?.stop();
      // What is recorded from now on is sent after the next start.
      const webhooksStopped = webhooks.stop();
      await closeApp(app, tls);
      await pipeline.drained();
      await edge.drained();
      await stopJobs();
      // Statistics, which the visits that they are of do not depend on: a database that is gone must not keep a server from stopping.
      await counts.flush().catch((error: unknown) => app.log.error({ err: error }, 'the last visits were not counted'));
      await webhooksStopped;
      await store.close();
    },
  };
};
