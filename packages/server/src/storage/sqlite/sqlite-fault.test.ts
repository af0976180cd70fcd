import { describe, expect, it } from 'vitest';
import { StoreError } from '../store-error.ts';
import { asStoreError } from './sqlite-fault.ts';

const sqliteError = (errcode: number) => Object.assign(new Error('from SQLite'), { code: 'ERR_SQLITE_ERROR', errcode });
const systemError = (code: string) => Object.assign(new Error('from the system'), { code });

describe('asStoreError', () => {
  it.each([
    [sqliteError(5), 'locked'],
    [sqliteError(517), 'locked'],
    [sqliteError(8), 'not-writable'],
    [sqliteError(1032), 'not-writable'],
    [sqliteError(14), 'not-writable'],
    [sqliteError(13), 'disk-full'],
    [sqliteError(11), 'corrupt'],
    [sqliteError(26), 'corrupt'],
    [sqliteError(778), 'unavailable'],
    [systemError('EACCES'), 'not-writable'],
    [systemError('EROFS'), 'not-writable'],
    [systemError('ENOSPC'), 'disk-full'],
    [systemError('EMFILE'), 'unavailable'],
    [systemError('ENFILE'), 'unavailable'],
  ])('tells the operator of %o', (error, problem) => {
    const fault = asStoreError(error, '/srv/whorl/whorl.db');
    expect(fault).toBeInstanceOf(StoreError);
    expect(fault).toMatchObject({ problem, setting: 'WHORL_DATA_DIR', cause: error });
    expect(fault).toHaveProperty('message', expect.stringContaining('/srv/whorl/whorl.db'));
  });

  it.each([[sqliteError(1)], [sqliteError(1555)], [systemError('ERR_INVALID_STATE')], [new Error('bug')], ['text']])(
    'leaves the bug %o as it is',
    (error) => {
      expect(asStoreError(error, 'x')).toBe(error);
    },
  );

  it('does not wrap twice', () => {
    const fault = asStoreError(sqliteError(5), 'x');
    expect(asStoreError(fault, 'y')).toBe(fault);
  });
});
