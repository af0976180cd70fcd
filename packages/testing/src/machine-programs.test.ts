import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { onPath, probeBrowser } from './machine-programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-programs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const script = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
};

describe('onPath', () => {
  it('finds a program in a later folder', () => {
    const path = script('some-program', 'true');
    expect(onPath('some-program', { PATH: ['/no/such/folder', '', folder].join(delimiter) })).toBe(path);
  });

  it('finds nothing without a PATH', () => {
    expect(onPath('some-program', {})).toBeUndefined();
  });
});

describe.runIf(process.platform !== 'win32')('probeBrowser', () => {
  it('reads the version that the browser prints', async () => {
    const found = await probeBrowser(script('chromium', 'echo "Chromium 147.0.7727.10 built on Debian"'), 'machine');
    expect(found).toMatchObject({ version: '147.0.7727.10', headed: true, source: 'machine' });
  });

  it('hands the variables over', async () => {
    const found = await probeBrowser(script('with-env', 'echo "Chromium $WANTED"'), 'sparticuz', { WANTED: '1.2' });
    expect(found).toMatchObject({ version: '1.2', env: { WANTED: '1.2' } });
  });

  it('knows a build without windows by its name', async () => {
    const found = await probeBrowser(script('chrome-headless-shell', 'echo "Chromium 147.0"'), 'playwright');
    expect(found?.headed).toBe(false);
  });

  it('passes over a script that only says where to get a browser', async () => {
    expect(await probeBrowser(script('stub', 'echo "requires the snap"; exit 10'), 'machine')).toBeUndefined();
    expect(await probeBrowser(script('quiet-stub', 'echo "install me"'), 'machine')).toBeUndefined();
  });
});
