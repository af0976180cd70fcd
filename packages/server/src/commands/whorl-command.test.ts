import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../testing/use-command.ts';

const { whorl, dataDir } = useCommand();

describe('whorl', () => {
  it('makes no database where it should only look', async () => {
    const made = await whorl('key', 'list');
    expect(made.failed).toBe(true);
    expect(made.err).toContain('WHORL_DATA_DIR');
    expect(await readdir(dataDir())).toEqual([]);
  });

  it('asks which workspace is meant when there are several', async () => {
    await whorl('workspace', 'create', 'shop');
    await whorl('workspace', 'create', 'bank');
    const listed = await whorl('environment', 'list');
    expect(listed.failed).toBe(true);
    expect(listed.err).toContain('bank');
    expect((await whorl('environment', 'list', '--workspace', 'bank')).out).toContain('production');
    const unknown = await whorl('key', 'list', '--workspace', 'pub');
    expect(unknown.err).toMatch(/no workspace "pub".*\n.*shop/);
  });

  it('lists the settings', async () => {
    expect((await whorl('settings')).out).toContain('WHORL_DATA_DIR');
  });
});
