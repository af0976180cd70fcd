import type { LookupAddress, lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { guardedLookup, UnreachableHostError } from './guarded-lookup.ts';

type Told = { error: Error | null; addresses: string | LookupAddress[] };

/** A resolver that answers with these addresses, or fails. */
const resolver = (addresses: string[] | Error) =>
  ((_host: string, _options: object, done: (error: Error | null, found: LookupAddress[]) => void) => {
    if (addresses instanceof Error) done(addresses, []);
    else
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
  }) as typeof lookup;

const ask = (addresses: string[] | Error, all = true): Promise<Told> =>
  new Promise((resolve) => {
    guardedLookup(resolver(addresses))('host.example', { all }, (error, found) => resolve({ error, addresses: found }));
  });

describe('guardedLookup', () => {
  it('gives public addresses', async () => {
    expect(await ask(['8.8.8.8', '2606:4700::1'])).toEqual({
      error: null,
      addresses: [
        { address: '8.8.8.8', family: 4 },
        { address: '2606:4700::1', family: 6 },
      ],
    });
    expect((await ask(['8.8.8.8'], false)).addresses).toBe('8.8.8.8');
  });

  it('leaves out those that are not', async () => {
    expect((await ask(['10.0.0.1', '8.8.8.8', '::1'])).addresses).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('fails where none is left', async () => {
    for (const all of [true, false]) {
      expect((await ask(['127.0.0.1', '169.254.169.254'], all)).error).toBeInstanceOf(UnreachableHostError);
    }
  });

  it('hands on the failure of the resolver', async () => {
    const failure = new Error('ENOTFOUND');
    expect((await ask(failure)).error).toBe(failure);
  });
});
