import { readdir } from 'node:fs/promises';
import type { ApiKey, Workspace } from '@whorl/contract';
import { type RunningPostgres, startPostgres, type TestDatabase } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorlWith, dataDir } = useCommand();

let postgres: RunningPostgres;
let database: TestDatabase;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
}, 60_000);

afterAll(async () => {
  await database.drop();
  await postgres.stop();
});

describe('commands with WHORL_DATABASE_URL', () => {
  it('work on that database, and leave the data directory alone', async () => {
    const whorl = (...args: string[]) => whorlWith({ WHORL_DATABASE_URL: database.url }, ...args);
    const made = await whorl('workspace', 'create', 'shop', '--region', 'eu');
    expect(made.failed, made.err).toBe(false);
    await whorl('workspace', 'change', '--limit-per-key', '5/1', '--disable', 'vpn', '--identity', 'separate');
    await whorl('workspace', 'change', '--linking', 'strict');
    await whorl('environment', 'create', 'staging', '--origins', 'https://shop.example');
    await whorl('environment', 'seal', 'staging');
    await whorl('key', 'create', '--kind', 'management', '--name', 'robot');
    const [workspace] = JSON.parse((await whorl('workspace', 'list', '--json')).out) as Workspace[];
    expect(workspace).toMatchObject({
      name: 'shop',
      region: 'eu',
      identity: 'separate',
      linking: 'strict',
      disabledFeatures: ['vpn'],
      rateLimits: { perKey: { requests: 5, seconds: 1 }, perAddress: null },
    });
    expect((await whorl('environment', 'list')).out).toMatch(/staging .* yes +https:\/\/shop\.example\n/);
    const [key] = JSON.parse((await whorl('key', 'list', '--json')).out) as ApiKey[];
    expect(key).toMatchObject({ kind: 'management', name: 'robot' });
    expect((await whorl('key', 'revoke', key?.id ?? '')).failed).toBe(false);
    expect((await whorl('key', 'revoke', key?.id ?? '')).failed).toBe(true);
    expect(await readdir(dataDir())).toEqual([]);
  });
});
