import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IdentityModel, JudgeOptions, NetworkFacts } from '@whorl/engine';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import type { ReadConnection } from '../http/agent/connection-facts.ts';
import { createApp } from '../http/app.ts';
import { readExplorerFiles } from '../http/docs/explorer-files.ts';
import { RateLimits } from '../http/server-api/rate-limits.ts';
import { readIdentityModel } from '../identity-model.ts';
import { countedFirst } from '../ingest/counted-first.ts';
import { Counts } from '../ingest/counts.ts';
import { EdgeIntake } from '../ingest/edge/edge-intake.ts';
import type { NetworkLookup } from '../ingest/enrich.ts';
import type { IgnoredEvidence, ReportIgnored } from '../ingest/ignored-evidence.ts';
import type { EventFailure, ReportFailure } from '../ingest/judge-failure.ts';
import { Pipeline } from '../ingest/pipeline.ts';
import { type AgentKeys, createAgentKeys } from '../lookup/agent-keys.ts';
import { verifyAgentSignature } from '../lookup/verify-agent-signature.ts';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import { createMetrics } from '../telemetry/create-metrics.ts';
import { type FirstWorkspace, firstWorkspace } from '../tenancy/first-workspace.ts';
import { createWebhooks, type Webhooks } from '../webhooks/create-webhooks.ts';

/** The server in process, on a store of its own in a temporary directory, without the network data's 190 MB. */
export type TestServer = {
  app: FastifyInstance;
  store: Store;
  first: FirstWorkspace;
  publicKey: string;
  secretKey: string;
  /** Manages every workspace. */
  managementKey: string;
  /** Nothing is sent until a test starts them. */
  webhooks: Webhooks;
  /** What could not be judged. */
  failures: EventFailure[];
  /** Evidence that was left out. */
  ignored: IgnoredEvidence[];
  /** Writes what the visits so far are counted by, as a server does every second. */
  flushCounts(): Promise<void>;
  close(): Promise<void>;
};

/** Every address is public and lies nowhere. */
const nowhere: NetworkLookup = (address): NetworkFacts => ({
  address,
  family: address.includes(':') ? 6 : 4,
  isPublic: true,
  ipInfo: address.includes(':') ? { v6: { address, geolocation: {} } } : { v4: { address, geolocation: {} } },
  sources: [],
  countryOffsets: null,
});

const MANAGEMENT_KEY = 'managementKeyForTests';

const script = (name: string) => `/* ${name} */ const key = '__WHORL_PUBLIC_KEY__';`;

export const startTestServer = async ({
  trustedProxies = ['127.0.0.0/8'],
  lookup = nowhere,
  settle = 0,
  agentKeys = createAgentKeys(),
  publicHosts = ['localhost'],
  judgeOptions,
  databaseUrl = null,
  open = (dataDir) => openStore({ dataDir, databaseUrl }),
  model,
  connection,
  serverFactory,
}: {
  trustedProxies?: string[];
  lookup?: NetworkLookup;
  settle?: number;
  agentKeys?: AgentKeys;
  /** Names that the server knows itself by; requests in process come to `localhost`. */
  publicHosts?: readonly string[];
  /** Judges in place of the usual ones. */
  judgeOptions?: JudgeOptions;
  /** A PostgreSQL database in place of SQLite; servers may share it. */
  databaseUrl?: string | null;
  /** What decides which visits are one visitor's, in place of what is shipped. */
  model?: Promise<IdentityModel>;
  /** What visits' connections tell; nothing by default. */
  connection?: ReadConnection;
  /** Makes a server that ends TLS itself. */
  serverFactory?: FastifyServerFactory;
  /** Opens a store of its own making, such as one that is less patient. */
  open?: (dataDir: string) => Promise<Store>;
} = {}): Promise<TestServer> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'whorl-server-'));
  const store = await open(dataDir);
  await store.migrate();
  const [publicKey, secretKey] = ['publicKeyForTests', 'secretKeyForTests'];
  const first = await firstWorkspace(store, { publicKey, secretKey, region: 'us', sealingKey: null }, Date.now());
  const secrets = {
    token: await store.secret('token'),
    nonce: await store.secret('nonce'),
    proof: await store.secret('proof'),
    zone: await store.secret('zone'),
    app: await store.secret('app'),
  };
  const metrics = createMetrics();
  const webhooks = await createWebhooks({ store, privateAddresses: true, gauges: metrics.webhooks });
  const failures: EventFailure[] = [];
  const reportFailure: ReportFailure = (failure) => {
    metrics.pipeline.failed(failure.what);
    failures.push(failure);
  };
  const ignored: IgnoredEvidence[] = [];
  const reportIgnored: ReportIgnored = (one) => {
    for (const source of one.sources) metrics.pipeline.ignored(source);
    ignored.push(one);
  };
  const counts = new Counts(store);
  const pipeline = new Pipeline({
    store,
    counts,
    model: await (model ?? readIdentityModel()),
    lookup,
    populationOf: () => ({ dailyEventsP99: null }),
    secrets,
    owedTo: (workspace, environmentId) => webhooks.directory.owedTo(workspace, environmentId),
    listeners: [metrics.pipeline.recorded, webhooks.recorded],
    gauges: metrics.pipeline,
    reportFailure,
    reportIgnored,
    judgeOptions,
  });
  const edge = new EdgeIntake({ store, lookup, agentKeys, reportFailure });
  const limiter = new RateLimits();
  const app = await createApp({
    ingest: {
      store,
      region: 'us',
      limiter,
      pipeline,
      secrets,
      signatures: { verify: (request, time) => verifyAgentSignature(request, time, agentKeys), publicHosts },
      connection,
      reportFailure,
      reportIgnored,
      judgeOptions,
      ownPagesKey: first.demoKey,
      count: metrics.countIngest,
    },
    serverApi: { store: countedFirst(store, counts), region: 'us', limiter, settle },
    managementKey: MANAGEMENT_KEY,
    webhooks,
    edge,
    scripts: {
      v3Loader: script('v3 loader'),
      v3: script('v3'),
      v4: script('v4'),
      worker: '/* worker */',
      notice: 'MIT',
    },
    demo: {
      store,
      proofSecret: secrets.proof,
      files: { html: '<meta name="whorl-public-key" content="__WHORL_PUBLIC_KEY__">', css: 'a{}', js: '1' },
      environment: first.environment,
      publicKey: first.demoKey,
    },
    docs: { files: await readExplorerFiles() },
    ops: { store, notReady: () => null, metrics },
    logger: { level: 'error' },
    stopping: () => false,
    trustedProxies,
    serverFactory,
  });
  return {
    app,
    store,
    first,
    publicKey,
    secretKey,
    managementKey: MANAGEMENT_KEY,
    webhooks,
    failures,
    ignored,
    flushCounts: () => counts.flush(),
    async close() {
      await app.close();
      await pipeline.drained();
      await edge.drained();
      await webhooks.stop();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
