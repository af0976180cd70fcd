import { describe, expect, it } from 'vitest';
import { StoreError } from '../store-error.ts';
import { asStoreError, shownUrl } from './postgres-fault.ts';

const URL_OF_DATABASE = 'postgres://whorl:hunter22@db.example:5432/shop';

const withCode = (code: string) => Object.assign(new Error('hunter22 from the driver'), { code });

describe('asStoreError', () => {
  it.each([
    [withCode('ECONNREFUSED'), 'unavailable', 'No PostgreSQL server answers'],
    [withCode('ENOTFOUND'), 'unavailable', 'host of the database is not known'],
    [withCode('ECONNRESET'), 'unavailable', 'was lost'],
    [withCode('28P01'), 'unavailable', 'user or password'],
    [withCode('28000'), 'unavailable', 'user or password'],
    [withCode('3D000'), 'unavailable', 'no database of this name'],
    [withCode('53300'), 'unavailable', 'no connection left'],
    [withCode('57P01'), 'unavailable', 'starting or stopping'],
    [withCode('57P03'), 'unavailable', 'starting or stopping'],
    [withCode('08006'), 'unavailable', 'was lost'],
    [withCode('58030'), 'unavailable', 'cannot read or write its files'],
    [withCode('25006'), 'not-writable', 'standby'],
    [withCode('42501'), 'not-writable', 'GRANT'],
    [withCode('53100'), 'disk-full', 'is full'],
    [withCode('40P01'), 'locked', 'lock'],
    [withCode('55P03'), 'locked', 'lock'],
    [withCode('57014'), 'unavailable', 'took too long'],
    [new Error('Query read timeout'), 'unavailable', 'stopped answering'],
    [Object.assign(withCode('ENOENT'), { syscall: 'connect' }), 'unavailable', 'unix_socket_directories'],
    [Object.assign(withCode('ENOENT'), { syscall: 'open' }), 'unavailable', 'sslrootcert='],
    [Object.assign(withCode('EACCES'), { syscall: 'open' }), 'unavailable', 'sslrootcert='],
    [Object.assign(withCode('EISDIR'), { syscall: 'read' }), 'unavailable', 'sslrootcert='],
    [Object.assign(withCode('42601'), { severity: 'FATAL' }), 'unavailable', 'options='],
    [Object.assign(withCode('28P01'), { severity: 'FATAL' }), 'unavailable', 'user or password'],
    [withCode('XX001'), 'corrupt', 'damaged'],
    [new Error('Connection terminated unexpectedly'), 'unavailable', 'was lost'],
    [new Error('timeout exceeded when trying to connect'), 'unavailable', 'No PostgreSQL server answers'],
    [new Error('The server does not support SSL connections'), 'unavailable', 'sslmode'],
    [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'unavailable', 'No PostgreSQL server answers'],
  ])('tells the operator of %o', (error, problem, words) => {
    const fault = asStoreError(error, URL_OF_DATABASE);
    expect(fault).toBeInstanceOf(StoreError);
    expect(fault).toMatchObject({ problem, setting: 'WHORL_DATABASE_URL', cause: error });
    expect(fault).toHaveProperty('message', expect.stringContaining('postgres://whorl@db.example:5432/shop'));
    expect(fault).toHaveProperty('message', expect.stringContaining(words));
    expect(String(fault)).not.toContain('hunter22');
  });

  it.each([
    [Object.assign(withCode('42601'), { severity: 'ERROR' })],
    [withCode('ENOENT')],
    [withCode('23505')],
    [withCode('22P02')],
    [new Error('bug')],
    ['text'],
  ])('leaves the bug %o as it is', (error) => {
    expect(asStoreError(error, URL_OF_DATABASE)).toBe(error);
  });

  it('does not wrap twice', () => {
    const fault = asStoreError(withCode('28P01'), URL_OF_DATABASE);
    expect(asStoreError(fault, URL_OF_DATABASE)).toBe(fault);
  });
});

describe('shownUrl', () => {
  it.each([
    [URL_OF_DATABASE, 'postgres://whorl@db.example:5432/shop'],
    ['postgres://db.example/shop?password=hunter22', 'postgres://db.example/shop'],
    ['postgres://whorl:hunter22@[', 'the database'],
    ['postgres://whorl:12/hunter22@db.example/shop', 'the database'],
    ['postgres://whorl:12#hunter22@db.example/shop', 'the database'],
    ['postgres://whorl:p@12/hunter22@db.example/shop', 'the database'],
  ])('shows %s without its password', (url, shown) => {
    expect(shownUrl(url)).toBe(shown);
  });
});
