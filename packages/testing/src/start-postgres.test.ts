import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
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

  it.runIf((process.env.WHORL_TEST_DATABASE_URL ?? '') === '')(
    'ends soon after the process that started it, also where that is killed',
    async () => {
      // Beside the source, so that the child finds the packages.
      const script = fileURLToPath(new URL(`.postgres-child-${process.pid}.mjs`, import.meta.url));
      const contents = `import { startPostgres } from './start-postgres.ts'; console.log((await startPostgres()).url);`;
      const stdin = { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) };
      await build({ stdin, outfile: script, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
      try {
        const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
        const [printed] = (await once(child.stdout, 'data')) as [Buffer];
        const url = String(printed).trim();
        expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
        child.kill('SIGKILL');
        const gone = async () =>
          (await ask(url, 'SELECT 1').catch((error: { code?: string }) => error.code)) === 'ECONNREFUSED';
        for (let waited = 0; !(await gone()); waited += 50) {
          expect(waited).toBeLessThan(20_000);
          await wait(50);
        }
      } finally {
        await rm(script, { force: true });
      }
    },
    60_000,
  );
});
