import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkFacts } from '@whorl/engine';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../http/app.ts';
import type { NetworkLookup } from '../ingest/enrich.ts';
import { Pipeline } from '../ingest/pipeline.ts';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import { createMetrics } from '../telemetry/create-metrics.ts';
import { type FirstWorkspace, firstWorkspace } from '../tenancy/first-workspace.ts';

/** The server in process, on a store of its own in a temporary directory, without the network data's 190 MB. */
export type TestServer = {
  app: FastifyInstance;
  store: Store;
  first: FirstWorkspace;
  publicKey: string;
  secretKey: string;
  /** Starts once more on the same data. */
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

const script = (name: string) => `/* ${name} */ const key = '__WHORL_PUBLIC_KEY__';`;

export const startTestServer = async ({
  trustedProxies = ['127.0.0.0/8'],
  lookup = nowhere,
}: {
  trustedProxies?: string[];
  lookup?: NetworkLookup;
} = {}): Promise<TestServer> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'whorl-server-'));
  const store = await openStore({ dataDir });
  await store.migrate();
  const [publicKey, secretKey] = ['publicKeyForTests', 'secretKeyForTests'];
  const first = await firstWorkspace(store, { publicKey, secretKey }, Date.now());
  const secrets = {
    token: await store.secret('token'),
    nonce: await store.secret('nonce'),
    proof: await store.secret('proof'),
  };
  const metrics = createMetrics();
  const pipeline = new Pipeline({
    store,
    lookup,
    populationOf: () => ({ dailyEventsP99: null }),
    secrets,
    listeners: [metrics.pipeline.recorded],
    gauges: metrics.pipeline,
  });
  const app = await createApp({
    ingest: { store, pipeline, secrets, ownPagesKey: first.demoKey, count: metrics.countIngest },
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
    ops: { store, notReady: () => null, metrics },
    logger: { level: 'error' },
    stopping: () => false,
    trustedProxies,
  });
  return {
    app,
    store,
    first,
    publicKey,
    secretKey,
    async close() {
      await app.close();
      await pipeline.drained();
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
