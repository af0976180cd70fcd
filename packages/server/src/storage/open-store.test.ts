import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from './open-store.ts';
import { StoreError } from './store-error.ts';

const faultOf = async (databaseUrl: string): Promise<unknown> => {
  const error = await openStore({ dataDir: '/nowhere', databaseUrl }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toHaveProperty('setting', 'WHORL_DATABASE_URL');
  expect(String(error)).not.toContain('hunter22');
  return error;
};

describe('openStore', () => {
  it.each([[undefined], [null], ['']])('opens SQLite in the data directory when the URL is %j', async (databaseUrl) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'whorl-open-store-'));
    const store = await openStore({ dataDir, databaseUrl });
    expect(store.kind).toBe('sqlite');
    await store.close();
    await rm(dataDir, { recursive: true });
  });

  it.each([
    'mysql://whorl:hunter22@db.example/whorl',
    'hunter22',
    'postgres://whorl:hunter22@[db/whorl',
    'file:hunter22',
  ])('refuses %s without repeating its password', async (databaseUrl) => {
    expect(String(await faultOf(databaseUrl))).toContain('postgres://user:password@host:port/database');
  });

  it.each([
    'postgres://whorl:12/hunter22@db.example:5432/whorl',
    'postgres://whorl:12#hunter22@db.example:5432/whorl',
    'postgres://whorl:12?hunter22@db.example:5432/whorl',
    'postgres://whorl:p@12/hunter22@db.example:5432/whorl',
  ])('refuses %s, whose password is cut in two', async (databaseUrl) => {
    const fault = await faultOf(databaseUrl);
    expect(fault).toHaveProperty('problem', 'unsupported');
    expect(String(fault)).toContain('%2F');
    expect(String(fault)).not.toContain('db.example');
  });

  it.each(['postgres', 'postgresql'])('asks PostgreSQL for a URL that begins with %s:', async (scheme) => {
    // Nothing listens on the port of discard on this machine; where something does, it speaks no PostgreSQL.
    const fault = await faultOf(`${scheme}://whorl:hunter22@127.0.0.1:9/whorl`);
    expect(fault).toHaveProperty('problem', 'unavailable');
    expect(String(fault)).toContain('whorl@127.0.0.1:9/whorl');
  });
});
