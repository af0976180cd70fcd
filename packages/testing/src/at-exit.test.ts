import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import { describe, expect, it, vi } from 'vitest';
import { atExit } from './at-exit.ts';
import { runCommand } from './run-command.ts';

describe('atExit', () => {
  it('adds one listener to the process, however often the module is loaded', async () => {
    atExit(() => {})();
    const before = process.listenerCount('exit');
    for (let i = 0; i < 12; i++) {
      vi.resetModules();
      const again = await import('./at-exit.ts');
      expect(again.atExit).not.toBe(atExit);
      again.atExit(() => {})();
    }
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('has done at the end what was not let off', async () => {
    const source = await readFile(new URL('./at-exit.ts', import.meta.url), 'utf8');
    const { code } = await transform(source, { loader: 'ts', format: 'esm' });
    const duties = `const done = atExit(() => console.log('not this'));
      atExit(() => console.log('first'));
      atExit(() => console.log('second'));
      done();`;
    const result = await runCommand(process.execPath, ['--input-type=module', '-e', `${code}${duties}`]);
    expect(result).toMatchObject({ code: 0, stdout: 'first\nsecond\n' });
  });
});
