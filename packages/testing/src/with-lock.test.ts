import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';
import { withLock } from './with-lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const freshPath = () => join(folder, `lock-${count++}`);

describe('withLock', () => {
  it('lets one at a time work', async () => {
    const path = freshPath();
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(20);
      inside -= 1;
    };
    await Promise.all([withLock(path, work), withLock(path, work), withLock(path, work)]);
    expect(most).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('lets go when the work fails', async () => {
    const path = freshPath();
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(withLock(path, async () => 'yes')).resolves.toBe('yes');
  });

  it('takes over from a process that is dead', async () => {
    const path = freshPath();
    const { stdout } = await runCommand(process.execPath, ['-p', 'process.pid']);
    writeFileSync(path, stdout.trim());
    await expect(withLock(path, async () => 'taken', 2_000)).resolves.toBe('taken');
  });

  it('gives up on a process that lives and holds on', async () => {
    const path = freshPath();
    writeFileSync(path, String(process.pid));
    await expect(withLock(path, async () => 'taken', 100)).rejects.toThrow('was held for more than 100 ms');
  });
});
