import type { ListFinding, NetworkFacts } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { networkOf } from './network-of.ts';

const [V4, V6] = ['198.51.100.7', '2001:db8::7'];
const listed = (yes: boolean, builtAt = 1): ListFinding => ({
  source: { name: 'list', builtAt },
  listed: yes,
});

const facts = (address: string, more: Partial<NetworkFacts> = {}): NetworkFacts => ({
  address,
  family: address === V4 ? 4 : 6,
  isPublic: true,
  ipInfo: address === V4 ? { v4: { address, geolocation: {} } } : { v6: { address, geolocation: {} } },
  sources: [{ name: 'asn', builtAt: 1 }],
  countryOffsets: null,
  ...more,
});

const both = (v4: Partial<NetworkFacts>, v6: Partial<NetworkFacts>): NetworkFacts =>
  networkOf({ v4: V4, v6: V6 }, 0, (address) => facts(address, address === V4 ? v4 : v6));

describe('networkOf', () => {
  it('is what the lookup says of a single address', () => {
    expect(networkOf({ v4: V4 }, 0, (address) => facts(address))).toEqual(facts(V4));
    expect(networkOf({ v6: V6 }, 0, (address) => facts(address))).toEqual(facts(V6));
  });

  it('knows both addresses of a client that has two, and asks each list’s source once', () => {
    const network = both(
      {},
      {
        sources: [
          { name: 'asn', builtAt: 1 },
          { name: 'city', builtAt: 2 },
        ],
      },
    );
    expect(network).toMatchObject({ address: V4, family: 4, ipInfo: { v4: { address: V4 }, v6: { address: V6 } } });
    expect(network.sources.map(({ name }) => name)).toEqual(['asn', 'city']);
  });

  it('is public where one of them is', () => {
    expect(both({ isPublic: false }, {}).isPublic).toBe(true);
    expect(both({ isPublic: false }, { isPublic: false }).isPublic).toBe(false);
  });

  it.each([
    [true, false, true],
    [false, true, true],
    [true, true, true],
    [false, false, false],
  ])('is on a list where the addresses are: %s, %s', (v4, v6, expected) => {
    const network = both({ lists: { tor: listed(v4) } }, { lists: { tor: listed(v6) } });
    expect(network.lists?.tor?.listed).toBe(expected);
  });

  it('takes a list that only one family is asked about', () => {
    const network = both({ lists: { tor: listed(false) } }, { lists: { relay: listed(true) } });
    expect(network.lists).toEqual({ tor: listed(false), relay: listed(true) });
    expect(both({}, {}).lists).toBeUndefined();
  });

  it('keeps apart what the addresses of bots say of each', () => {
    const network = both({ crawlers: { openai: listed(false) } }, { isPublic: false });
    expect(network.addresses).toEqual([
      { address: V4, family: 4, isPublic: true, crawlers: { openai: listed(false) } },
      { address: V6, family: 6, isPublic: false },
    ]);
  });
});
