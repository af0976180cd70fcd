import { describe, expect, it } from 'vitest';
import { StoreError } from '../store-error.ts';
import { emptyLog } from './empty-log.ts';

describe('emptyLog', () => {
  it('tries again until the log is empty', async () => {
    const answers = [false, false, true];
    await emptyLog(async () => answers.shift() ?? true, '/srv/whorl.db');
    expect(answers).toEqual([]);
  });

  it('tells the operator who is in the way when its patience ends', async () => {
    const error = await emptyLog(async () => false, '/srv/whorl.db', 30).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toHaveProperty('problem', 'locked');
    expect(String(error)).toContain('/srv/whorl.db');
  });

  it('passes on what else goes wrong', async () => {
    const broken = async (): Promise<boolean> => {
      throw new Error('disk');
    };
    await expect(emptyLog(broken, '/srv/whorl.db')).rejects.toThrow('disk');
  });
});
