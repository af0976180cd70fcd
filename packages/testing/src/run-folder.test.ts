import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRunFolder, removeRunFolder, sweepRunFolders } from './run-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'whorl-sweep-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const HOUR = 60 * 60_000;

/** A folder of this process number that was last changed so long ago. */
const left = (pid: number, age: number): string => {
  const path = join(root, `whorl-run-${pid}-abcdef`);
  mkdirSync(path);
  writeFileSync(join(path, 'whorl.db'), 'x');
  const then = new Date(Date.now() - age);
  utimesSync(path, then, then);
  return path;
};

/** The number of a process that is no more. */
const deadProcess = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('folders of test runs', () => {
  it('are made apart from others, and removed with what is in them', () => {
    const folders = [makeRunFolder(root), makeRunFolder(root)];
    expect(new Set(folders).size).toBe(2);
    for (const folder of folders) {
      writeFileSync(join(folder, 'x'), 'x');
      removeRunFolder(folder);
      removeRunFolder(folder);
    }
    expect(readdirSync(root)).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('let another user pass and not look around', () => {
    expect(statSync(makeRunFolder(root)).mode & 0o777).toBe(0o711);
  });

  it('are swept when their run has been over for long, and only then', () => {
    const [dead, fresh] = [deadProcess(), deadProcess()];
    const abandoned = left(dead, 2 * HOUR);
    const kept = [left(process.pid, 2 * HOUR), left(fresh, HOUR / 2)];
    const foreign = join(root, 'whorl-run-of-somebody');
    mkdirSync(foreign);
    sweepRunFolders(root);
    expect(existsSync(abandoned)).toBe(false);
    for (const path of [...kept, foreign]) expect(existsSync(path), path).toBe(true);
  });
});
