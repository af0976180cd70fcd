import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startProcessGroup } from './process-group.ts';

/** A program that starts another one and stays. Both ignore SIGTERM when told to, and say when they are up. */
const parent = (stubborn: boolean): string => {
  const ignore = stubborn ? "process.on('SIGTERM', () => {});" : '';
  const stay = `${ignore} setInterval(() => {}, 1000);`;
  const child = `${stay} console.log('up');`;
  return `${stay} require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });`;
};

const startParent = async (stubborn: boolean) => {
  const group = await startProcessGroup(process.execPath, ['-e', parent(stubborn)]);
  if (group.child.stdout === null) throw new Error('stdout is a pipe');
  await once(group.child.stdout, 'data');
  // The pipe closes when the last process that holds it is gone: the grandchild, too.
  return { group, allGone: once(group.child.stdout, 'close') };
};

describe.runIf(process.platform !== 'win32')('startProcessGroup', () => {
  it('stops what the program had started as well', async () => {
    const { group, allGone } = await startParent(false);
    await group.stop();
    await allGone;
    expect(group.child.signalCode).toBe('SIGTERM');
  });

  it('ends by force what does not end when asked', async () => {
    const { group, allGone } = await startParent(true);
    await group.stop(200);
    await allGone;
    expect(group.child.signalCode).toBe('SIGKILL');
  });

  it('can be stopped after the program ended by itself', async () => {
    const group = await startProcessGroup(process.execPath, ['-e', 'process.exit(4)']);
    expect(await group.exited).toBe(4);
    await group.stop();
  });

  it('rejects when there is no such program', async () => {
    await expect(startProcessGroup('/no/such/program', [])).rejects.toThrow('ENOENT');
  });
});
