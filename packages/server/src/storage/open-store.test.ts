import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from './open-store.ts';
import { StoreError } from './store-error.ts';

describe('openStore', () => {
  it.each([[undefined], [null], ['']])('opens SQLite in the data directory when the URL is %j', async (databaseUrl) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'whorl-open-store-'));
    const store = await openStore({ dataDir, databaseUrl });
    expect(store.kind).toBe('sqlite');
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  it.each([
    ['postgres://whorl:hunter22@db.example/whorl', 'PostgreSQL store is not part of this version yet'],
    ['postgresql://whorl:hunter22@db.example/whorl', 'PostgreSQL store is not part of this version yet'],
    ['mysql://whorl:hunter22@db.example/whorl', 'no known kind'],
    ['hunter22', 'no known kind'],
  ])('refuses %s without repeating its password', async (databaseUrl, words) => {
    const error = await openStore({ dataDir: '/nowhere', databaseUrl }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toHaveProperty('setting', 'WHORL_DATABASE_URL');
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain('hunter22');
  });
});
