import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

describe('runCommand', () => {
  it('keeps what was printed and the exit code', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    expect(await runCommand(process.execPath, ['-e', script])).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('gives no code for a program that is not there', async () => {
    expect(await runCommand('/no/such/program', [])).toMatchObject({
      code: null,
      stderr: expect.stringContaining('ENOENT'),
    });
  });

  it('ends a program that runs out of time', async () => {
    const result = await runCommand(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeoutMs: 200 });
    expect(result.code).toBeNull();
  });
});
