import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceDefaults } from '@whorl/contract';
import { it } from 'vitest';
import { openStore } from '../storage/open-store.ts';
import { ENVIRONMENT, sampleRecord, WORKSPACE } from '../storage/testing/sample-event.ts';
import { createWebhooks } from './create-webhooks.ts';
import { makeWebhook } from './make-webhook.ts';
import { startReceiver } from './testing/start-receiver.ts';

it('speed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'whorl-speed-'));
  const store = await openStore({ dataDir });
  await store.migrate();
  await store.createWorkspace({
    ...workspaceDefaults,
    disabledFeatures: [],
    id: WORKSPACE,
    name: 'w',
    createdAt: 0,
    region: 'us',
  });
  await store.createEnvironment({
    id: ENVIRONMENT,
    workspaceId: WORKSPACE,
    name: 'e',
    allowedOrigins: [],
    sealingKey: null,
    createdAt: 0,
  });
  const receiver = await startReceiver();
  const webhook = makeWebhook(
    { workspaceId: WORKSPACE, environmentIds: null, url: receiver.url, version: 'v4', enabled: true },
    0,
  );
  await store.createWebhook(webhook);
  const N = 300;
  for (let i = 0; i < N; i += 100)
    await store.record(
      Array.from({ length: 100 }, () => sampleRecord({ time: Date.now() - 10_000 }, { webhookIds: [webhook.id] })),
    );
  const wrapT: Record<string, number[]> = {};
  for (const name of ['claimDeliveries', 'settleDeliveries', 'event'] as const) { const was = (store as any)[name].bind(store); (store as any)[name] = async (...a: unknown[]) => { const b = performance.now(); const r = await was(...a); (wrapT[name] ??= []).push(performance.now() - b); return r; }; }
  const webhooks = await createWebhooks({ store, privateAddresses: true, gauges: { attempted() {} } });
  let worst = 0,
    last = performance.now();
  const t = setInterval(() => {
    worst = Math.max(worst, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  const begun = performance.now();
  webhooks.start({ info() {}, warn() {}, error: console.error } as never);
  while ((await store.pendingDeliveries()).count > 0) await new Promise((r) => setTimeout(r, 50));
  const s = (performance.now() - begun) / 1000;
  console.log(`${N} in ${s.toFixed(2)} s = ${(N / s).toFixed(0)}/s, worst stall ${worst.toFixed(1)} ms`);
  clearInterval(t); for (const [n, v] of Object.entries(wrapT)) console.log(n, v.length, 'calls', v.reduce((a, b) => a + b, 0).toFixed(0), 'ms, max', Math.max(...v).toFixed(1));
  await webhooks.stop();
  await receiver.stop();
  await store.close();
  await rm(dataDir, { recursive: true });
}, 100_000);
