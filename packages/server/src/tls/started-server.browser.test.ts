import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WHORL_CLI } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../testing/self-signed.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-tls-'));
let server: ChildProcess;
let output = '';

// The built server as it is started by hand: what it is put together from is tried nowhere else with TLS.
beforeAll(() => {
  const { cert, key } = selfSigned();
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  server = spawn(process.execPath, [WHORL_CLI, 'start'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      WHORL_PORT: '0',
      WHORL_NETWORK_LISTS: 'off',
      WHORL_LOG_LEVEL: 'error',
      WHORL_TLS_CERT: 'cert.pem',
      WHORL_TLS_KEY: 'key.pem',
    },
  });
  server.stdout?.setEncoding('utf8').on('data', (part: string) => {
    output += part;
  });
});
afterAll(() => {
  if (server.exitCode === null) server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('a server that was started with a certificate', () => {
  it('answers by HTTPS at the address that it prints, and stops when told to', async () => {
    await expect.poll(() => output, { timeout: 60_000 }).toContain('Demo page');
    const [, url] = /Whorl is ready at (https:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
    const [response] = await once(get(`${url}/readyz`, { rejectUnauthorized: false, agent: false }), 'response');
    response.resume();
    expect(response.statusCode).toBe(200);
    server.kill('SIGTERM');
    const [code] = await once(server, 'exit');
    expect(code).toBe(0);
    expect(output).toContain('Stopped; nothing was lost.');
  });
});
