import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('startPostgres', () => {
  let postgres: RunningPostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);

  afterAll(() => postgres.stop());

  it('makes databases, empty ones and copies, and drops them', async () => {
    const first = await postgres.createDatabase();
    await ask(first.url, 'CREATE TABLE recipes AS SELECT 1 AS number');
    const copy = await postgres.createDatabase(first.name);
    expect(await ask(copy.url, 'SELECT number FROM recipes')).toEqual([{ number: 1 }]);
    await Promise.all([first.drop(), copy.drop()]);
    await expect(ask(copy.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  });

  it.runIf((process.env.WHORL_TEST_DATABASE_URL ?? '') === '')(
    'listens on this machine only, wants the password, and is gone when it is stopped',
    async () => {
      const own = await startPostgres();
      expect(await ask(own.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
      const stranger = new URL(own.url);
      stranger.password = 'wrong';
      await expect(ask(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
      await own.stop();
      await expect(ask(own.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    },
    60_000,
  );
});
