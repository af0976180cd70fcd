import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { guardedLookup, UnreachableHostError } from './guarded-lookup.ts';

type Told = { error: Error | null; addresses: string | LookupAddress[] };
type Asked = { all?: boolean; privateAddresses?: boolean };

/** What the lookup says where a host has these addresses, or cannot be resolved. */
const ask = (addresses: string[] | Error, { all = true, privateAddresses = false }: Asked = {}): Promise<Told> => {
  const resolve = async () => {
    if (addresses instanceof Error) throw addresses;
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return new Promise((told) => {
    guardedLookup({ privateAddresses, resolve })('host.example', { all }, (error, found) =>
      told({ error, addresses: found }),
    );
  });
};

describe('guardedLookup', () => {
  it('gives public addresses', async () => {
    expect(await ask(['8.8.8.8', '2606:4700::1'])).toEqual({
      error: null,
      addresses: [
        { address: '8.8.8.8', family: 4 },
        { address: '2606:4700::1', family: 6 },
      ],
    });
    expect((await ask(['8.8.8.8'], { all: false })).addresses).toBe('8.8.8.8');
  });

  it('leaves out those that are not', async () => {
    expect((await ask(['10.0.0.1', '8.8.8.8', '::1'])).addresses).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('gives all of them where private ones are allowed', async () => {
    const { addresses } = await ask(['10.0.0.1', '8.8.8.8'], { privateAddresses: true });
    expect(addresses).toEqual(['10.0.0.1', '8.8.8.8'].map((address) => ({ address, family: 4 })));
  });

  it('fails where none is left', async () => {
    for (const all of [true, false]) {
      expect((await ask(['127.0.0.1', '169.254.169.254'], { all })).error).toBeInstanceOf(UnreachableHostError);
    }
  });

  it('says of a name that nobody knows what it says of a private one, unless private ones are allowed', async () => {
    const unknown = Object.assign(new Error('queryA ENOTFOUND host.example'), { code: 'ENOTFOUND' });
    const { error } = await ask(unknown);
    expect(error).toEqual((await ask(['10.0.0.1'])).error);
    expect(error).toBeInstanceOf(UnreachableHostError);
    expect((await ask(unknown, { privateAddresses: true })).error).toBe(unknown);
  });

  it('hands on other failures of the resolver', async () => {
    const failure = Object.assign(new Error('queryA ETIMEOUT host.example'), { code: 'ETIMEOUT' });
    expect((await ask(failure)).error).toBe(failure);
  });
});
