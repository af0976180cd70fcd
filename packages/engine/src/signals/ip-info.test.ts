import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { factsOf, homeNetwork, privateNetwork } from '../testing/facts-builder.ts';

const visit = factsOf(chromiumLinux);
const bare = { v4: { address: homeNetwork.address, geolocation: {} } };

describeSignal('ipInfo', {
  fires: { 'a public address that the data knows': visit },
  lacks: {
    'a private address': { ...visit, network: privateNetwork },
    'a public address without data sets': { ...visit, network: { ...homeNetwork, ipInfo: bare, sources: [] } },
    'a public address that no data set knows': { ...visit, network: { ...homeNetwork, ipInfo: bare } },
  },
});

describe('judgeIpInfo', () => {
  it('keeps the address of a private network and invents nothing', () => {
    expect(judged('ipInfo', { ...visit, network: privateNetwork }).data).toEqual({
      v4: { address: '192.168.1.7', geolocation: {} },
    });
  });

  it('names each data set with its date', () => {
    expect(judged('ipInfo', visit).evidence).toContainEqual({
      fact: 'data set consulted',
      value: { name: 'dbip-city', builtAt: '2026-06-17T00:00:00.000Z' },
      weight: 0,
      from: 'dbip-city',
    });
  });

  it('gives the credit along that a licence asks for', () => {
    const credit = 'Data by Example, https://data.example';
    const network = { ...homeNetwork, sources: [{ name: 'data', builtAt: 0, credit }] };
    expect(judged('ipInfo', { ...visit, network }).evidence).toContainEqual(
      expect.objectContaining({ from: 'data', value: { name: 'data', builtAt: '1970-01-01T00:00:00.000Z', credit } }),
    );
  });

  it('trusts old data less', () => {
    const old = { ...homeNetwork, sources: [{ name: 'old', builtAt: Date.UTC(2022, 0, 1) }] };
    expect(judged('ipInfo', { ...visit, network: old }).confidence).toBeLessThan(judged('ipInfo', visit).confidence);
  });
});
