import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whorlCommand } from './whorl-command.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'whorl-command-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

const whorl = async (...args: string[]) => {
  let out = '';
  let err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += String(text);
    return true;
  });
  process.exitCode = undefined;
  await whorlCommand(['node', 'whorl', ...args], { WHORL_DATA_DIR: dataDir });
  const failed = process.exitCode === 1;
  vi.restoreAllMocks();
  process.exitCode = undefined;
  return { out, err, failed };
};

describe('whorl', () => {
  it('makes no database where it should only look', async () => {
    const made = await whorl('key', 'list');
    expect(made.failed).toBe(true);
    expect(made.err).toContain('WHORL_DATA_DIR');
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('makes, lists and revokes keys', async () => {
    await whorl('workspace', 'create', 'shop');
    const made = await whorl('key', 'create', '--kind', 'public', '--name', 'web');
    const key = made.out.trim();
    expect(key).toMatch(/^[A-Za-z0-9]{20}$/);

    const listed = (await whorl('key', 'list')).out;
    expect(listed).toContain('web');
    expect(listed).not.toContain(key);
    const id = /key_\w+/.exec(listed)?.[0] ?? '';

    expect(await whorl('key', 'revoke', id)).toMatchObject({ out: `Key ${id} is revoked.\n`, err: '' });
    const again = await whorl('key', 'revoke', id);
    expect(again.failed).toBe(true);
    expect(again.err).toContain('whorl key list');
  });

  it('asks which workspace is meant when there are several', async () => {
    await whorl('workspace', 'create', 'shop');
    await whorl('workspace', 'create', 'bank');
    const listed = await whorl('environment', 'list');
    expect(listed.failed).toBe(true);
    expect(listed.err).toContain('bank');
    expect((await whorl('environment', 'list', '--workspace', 'bank')).out).toContain('production');
  });

  it('sets origins, and refuses what is none', async () => {
    await whorl('workspace', 'create', 'shop');
    const set = await whorl('environment', 'origins', 'production', 'https://shop.example', 'http://localhost:3000/');
    expect(set.out).toContain('https://shop.example, http://localhost:3000');
    expect((await whorl('environment', 'list')).out).toContain('https://shop.example http://localhost:3000');
    expect((await whorl('environment', 'origins', 'production', 'https://shop.example/path')).err).toContain(
      'not an origin',
    );
    expect((await whorl('environment', 'origins', 'production')).out).toContain('any origin');
  });

  it('lists the settings', async () => {
    expect((await whorl('settings')).out).toContain('WHORL_DATA_DIR');
  });
});
