import { describe, expect, it } from 'vitest';
import { openAsnData } from './asn-data.ts';
import { hostingProviderOf } from './hosting-asns.ts';
import { hostingNetworks } from './hosting-networks.ts';

describe('hostingProviderOf', () => {
  it.each([
    [16509, 'Amazon Web Services'],
    [24940, 'Hetzner'],
    [14061, 'DigitalOcean'],
    [13335, 'Cloudflare'],
    [63949, 'Linode (Akamai)'],
  ])('knows who hosts in AS %i', (asn, provider) => {
    expect(hostingProviderOf(asn)).toBe(provider);
  });

  it.each([
    [7922, 'Comcast'],
    [3320, 'Deutsche Telekom'],
    [16019, 'Vodafone Czech Republic'],
    [21928, 'T-Mobile USA'],
    [22616, 'Zscaler'],
  ])('knows no hosting provider in AS %i of %s', (asn) => {
    expect(hostingProviderOf(asn)).toBeUndefined();
  });
});

describe('the table of hosting networks', () => {
  it('names each system once, and providers in alphabetical order', () => {
    const asns = hostingNetworks.flatMap(([, , each]) => each);
    expect(new Set(asns).size).toBe(asns.length);
    const providers = hostingNetworks.map(([provider]) => provider.toLowerCase());
    expect(providers).toEqual([...new Set(providers)].sort());
  });

  it('holds only numbers that the installed data gives to a network of that name', async () => {
    const { names } = await openAsnData();
    const strangers = hostingNetworks.flatMap(([provider, registeredAs, asns]) =>
      asns.flatMap((asn) => {
        const name = names.get(asn);
        return name !== undefined && registeredAs.test(name) ? [] : [{ provider, asn, name }];
      }),
    );
    expect(strangers).toEqual([]);
  });
});
