import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningWhorl, startWhorl, type WhorlOptions } from './start-whorl.ts';

/** Stands for the server: prints its address, is ready after a while, tells its settings, and ends at SIGTERM with 0. */
const FAKE = `
  const settings = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('WHORL_')));
  const started = Date.now();
  const server = require('node:http').createServer((request, response) => {
    if (request.url === '/readyz') response.writeHead(Date.now() - started < 100 ? 503 : 200).end();
    else response.end(JSON.stringify(settings));
  });
  server.listen(Number(process.env.WHORL_PORT), '127.0.0.1', () => {
    console.log('ready at http://127.0.0.1:' + server.address().port);
    if (!settings.WHORL_SECRET_KEY) console.log('Public key   pub1  for pages\\nSecret key   sec1; shown once');
  });
  process.on('SIGTERM', () => process.exit(0));`;

const start = (script: string, options: Omit<WhorlOptions, 'start'> = {}) =>
  startWhorl({ ...options, start: [process.execPath, '-e', script] });

const settingsOf = async ({ url }: RunningWhorl) => (await (await fetch(url)).json()) as Record<string, string>;

describe('startWhorl', () => {
  let whorl: RunningWhorl | undefined;
  afterEach(async () => {
    await whorl?.stop();
    whorl = undefined;
  });

  it('gives the server a data folder, keys and settings of its own, and none of the shell', async () => {
    process.env.WHORL_REGION = 'ap';
    whorl = await start(FAKE, { env: { WHORL_LOG_LEVEL: 'warn' } }).finally(() => {
      delete process.env.WHORL_REGION;
    });
    expect(await settingsOf(whorl)).toEqual({
      WHORL_PORT: '0',
      WHORL_DATA_DIR: whorl.dataDir,
      WHORL_NETWORK_LISTS: 'off',
      WHORL_PUBLIC_KEY: whorl.publicKey,
      WHORL_SECRET_KEY: whorl.secretKey,
      WHORL_LOG_LEVEL: 'warn',
    });
    expect(whorl.publicKey).toMatch(/^[a-zA-Z0-9]{20}$/);
    expect(whorl.publicKey).not.toBe(whorl.secretKey);
  });

  it('reads the keys that the server makes and prints', async () => {
    whorl = await start(FAKE, { keys: 'printed' });
    expect(await settingsOf(whorl)).not.toHaveProperty('WHORL_SECRET_KEY');
    expect(whorl).toMatchObject({ publicKey: 'pub1', secretKey: 'sec1' });
  });

  it('starts again after a kill, at the same address and on the same data', async () => {
    whorl = await start(FAKE);
    const { url, pid } = whorl;
    await whorl.kill();
    await expect(fetch(url)).rejects.toThrow();
    await whorl.restart();
    expect(whorl.pid).not.toBe(pid);
    expect((await settingsOf(whorl)).WHORL_DATA_DIR).toBe(whorl.dataDir);
  });

  it('tells the code with which the server ended', async () => {
    whorl = await start(FAKE);
    expect(await whorl.terminate()).toBe(0);
  });

  it('removes its data folder', async () => {
    const { dataDir, stop } = await start(FAKE);
    expect(existsSync(dataDir)).toBe(true);
    await stop();
    expect(existsSync(dataDir)).toBe(false);
  });

  it('rejects with what a server printed that does not start', async () => {
    await expect(start('console.error("the settings have faults"); process.exit(1)')).rejects.toThrow(
      /exit code 1[\s\S]*the settings have faults/,
    );
  });
});
