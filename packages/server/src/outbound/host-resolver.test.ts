import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { hostResolver, type ResolveHost } from './host-resolver.ts';

const found = (address: string): LookupAddress[] => [{ address, family: 4 }];
const failure = (code: string): Error => Object.assign(new Error(code), { code });
const never = new Promise<LookupAddress[]>(() => {});

/** A source of names: those of the table, everything else fails with this code. */
const source =
  (
    known: Record<string, LookupAddress[] | Promise<LookupAddress[]>>,
    code: string,
    asked: string[] = [],
  ): ResolveHost =>
  async (host) => {
    asked.push(host);
    const answer = known[host];
    if (answer === undefined) throw failure(code);
    return answer;
  };

describe('hostResolver', () => {
  it('asks the system of nothing that name servers know', async () => {
    const asked: string[] = [];
    const resolve = hostResolver({ network: source({ a: found('8.8.8.8') }, ''), system: source({}, '', asked) });
    expect(await resolve('a')).toEqual(found('8.8.8.8'));
    expect(asked).toEqual([]);
  });

  it.each(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED'])('asks the system where name servers say %s', async (code) => {
    const resolve = hostResolver({ network: source({}, code), system: source({ a: found('10.0.0.1') }, '') });
    expect(await resolve('a')).toEqual(found('10.0.0.1'));
  });

  it.each(['ETIMEOUT', 'ECANCELLED', 'ESERVFAIL'])('does not spend a thread on what ended in %s', async (code) => {
    const asked: string[] = [];
    const resolve = hostResolver({ network: source({}, code), system: source({}, '', asked) });
    await expect(resolve('a')).rejects.toMatchObject({ code });
    expect(asked).toEqual([]);
  });

  it('goes on with other names while name servers are silent about one', async () => {
    const resolve = hostResolver({
      network: source({ silent: never, b: found('8.8.8.8') }, ''),
      system: source({}, ''),
    });
    for (let each = 0; each < 8; each++) void resolve('silent');
    expect(await resolve('b')).toEqual(found('8.8.8.8'));
  });

  it('lets the system be asked of one name at a time, each once, and only for those that still wait', async () => {
    const asked: string[] = [];
    let tell: (addresses: LookupAddress[]) => void = () => {};
    const slow = new Promise<LookupAddress[]>((resolve) => {
      tell = resolve;
    });
    const network = source({ public: found('8.8.8.8') }, 'ENOTFOUND');
    const resolve = hostResolver({ network, system: source({ slow, b: found('10.0.0.1') }, 'ENOTFOUND', asked) }, 40);
    const all = [resolve('slow'), resolve('slow')];
    const late = resolve('b').catch((error: Error) => error.message);
    // What name servers know needs no turn.
    expect(await resolve('public')).toEqual(found('8.8.8.8'));
    expect(asked).toEqual(['slow']);
    await new Promise((done) => setTimeout(done, 60));
    tell(found('10.0.0.9'));
    expect(await Promise.all(all)).toEqual([found('10.0.0.9'), found('10.0.0.9')]);
    expect(await late).toMatch(/in time/);
    expect(asked).toEqual(['slow']);
    expect(await resolve('b')).toEqual(found('10.0.0.1'));
  });

  it.each(['localhost', 'shop.localhost'])('asks nobody of %s, which is this machine', async (host) => {
    const resolve = hostResolver({ network: source({}, 'ETIMEOUT'), system: source({}, 'ENOTFOUND') });
    expect((await resolve(host)).map(({ address }) => address)).toEqual(['127.0.0.1', '::1']);
  });
});
