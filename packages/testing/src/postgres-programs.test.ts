import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isOwn, programsIn } from './postgres-programs.ts';

// Users and modes are those of POSIX.
describe.runIf(process.getuid !== undefined)('programsIn', () => {
  let root: string;
  let from: string;
  let folder: string;

  const makePackage = async (at: string, contents: string): Promise<void> => {
    for (const name of ['bin', 'lib']) await mkdir(join(at, 'native', name), { recursive: true });
    await writeFile(join(at, 'native', 'bin', 'postgres'), contents);
  };
  const programIn = (at: string): Promise<string> => readFile(join(at, 'native', 'bin', 'postgres'), 'utf8');

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'whorl-programs-'));
    from = join(root, 'package');
    folder = join(root, 'programs');
    await makePackage(from, 'ours');
    // As an install with a generous umask leaves it.
    await chmod(join(from, 'native', 'bin'), 0o775);
  });

  afterEach(() => rm(root, { recursive: true }));

  it('copies once, to where others can run and nobody else can write', async () => {
    expect(await Promise.all([programsIn(from, folder), programsIn(from, folder)])).toEqual([folder, folder]);
    expect(await programIn(folder)).toBe('ours');
    expect((await lstat(folder)).mode & 0o777).toBe(0o755);
    await writeFile(join(from, 'native', 'bin', 'postgres'), 'later');
    expect(await programsIn(from, folder)).toBe(folder);
    expect(await programIn(folder)).toBe('ours');
    expect((await readdir(root)).toSorted()).toEqual(['package', 'programs']);
  });

  const planted: [string, () => Promise<void>][] = [
    ['a folder that others may write to', () => makePackage(folder, 'theirs').then(() => chmod(folder, 0o777))],
    [
      'programs that others may change',
      () => makePackage(folder, 'theirs').then(() => chmod(join(folder, 'native', 'bin'), 0o777)),
    ],
    [
      'a link to elsewhere',
      async () => {
        await makePackage(join(root, 'elsewhere'), 'theirs');
        await symlink(join(root, 'elsewhere'), folder);
      },
    ],
    [
      'a link within the folder',
      async () => {
        await makePackage(folder, 'theirs');
        await rename(join(folder, 'native'), join(root, 'elsewhere'));
        await symlink(join(root, 'elsewhere'), join(folder, 'native'));
      },
    ],
    ['an empty folder', () => mkdir(folder).then(() => undefined)],
  ];

  it.each(planted)('passes over %s', async (_, plant) => {
    await plant();
    expect(await isOwn(folder)).toBe(false);
    const used = await programsIn(from, folder);
    expect(used).not.toBe(folder);
    expect(await isOwn(used)).toBe(true);
    expect(await programIn(used)).toBe('ours');
  });
});
