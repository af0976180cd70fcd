import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE } from '@whorl/engine';
import { expect, it } from 'vitest';
import { grownBy } from '../storage/grown-by.ts';
import { openStore } from '../storage/open-store.ts';
import { forgetFaintCounts } from './forget-faint-counts.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const DAY = 1440 * MINUTE;

it('forgets what nobody has shown for long, and keeps what many showed', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'whorl-faint-'));
  const store = await openStore({ dataDir });
  try {
    await store.migrate();
    const grown = grownBy(NOON / MINUTE);
    const keys = Array.from({ length: 5_000 }, (_, key) => key);
    await store.raiseCounts(keys.map((key) => ({ key, by: (key % 2 === 0 ? 1 : 100) * grown })));
    const kept = async () => (await store.readCounts(keys)).filter((sum) => sum > 0).length;
    await forgetFaintCounts(store, NOON + 400 * DAY);
    expect(await kept()).toBe(5_000);
    await forgetFaintCounts(store, NOON + 500 * DAY);
    expect(await kept()).toBe(2_500);
  } finally {
    await store.close();
    await rm(dataDir, { recursive: true });
  }
});
