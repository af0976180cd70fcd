import { describe, expect, it } from 'vitest';
import { openAsnData } from './asn-data.ts';
import { isVpnNetwork, vpnNetworks } from './vpn-networks.ts';

describe('isVpnNetwork', () => {
  it.each([136787, 147049, 206092, 216025])('knows AS %i', (asn) => {
    expect(isVpnNetwork(asn)).toBe(true);
  });

  it.each([
    [7922, 'Comcast'],
    [9009, 'M247'],
    [16509, 'Amazon'],
    [60068, 'Datacamp'],
    [62371, 'Proton’s mail'],
  ])('does not accuse AS %i of %s', (asn) => {
    expect(isVpnNetwork(asn)).toBe(false);
  });
});

describe('the table of VPN networks', () => {
  it('names each system once, and services in alphabetical order', () => {
    const asns = vpnNetworks.flatMap(([, , each]) => each);
    expect(new Set(asns).size).toBe(asns.length);
    const services = vpnNetworks.map(([service]) => service.toLowerCase());
    expect(services).toEqual([...new Set(services)].sort());
  });

  it('holds only numbers that the installed data gives to a network of that name', async () => {
    const { names } = await openAsnData();
    const strangers = vpnNetworks.flatMap(([service, registeredAs, asns]) =>
      asns.flatMap((asn) => {
        const name = names.get(asn);
        return name !== undefined && registeredAs.test(name) ? [] : [{ service, asn, name }];
      }),
    );
    expect(strangers).toEqual([]);
  });
});
