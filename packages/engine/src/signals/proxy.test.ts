import { describe, expect, it } from 'vitest';
import type { ListFinding, NetworkFacts } from '../facts.ts';
import { chromiumLinux } from '../testing/chromium-browsers.ts';
import { describeSignal, judged } from '../testing/describe-signal.ts';
import { datacenterNetwork, factsOf, homeNetwork, NOON, privateNetwork } from '../testing/facts-builder.ts';

const HOUR = 3_600_000;
const visit = factsOf(chromiumLinux);
const source = { name: 'open proxies', builtAt: NOON };
const listed = (proxy: Partial<ListFinding>, network: NetworkFacts = homeNetwork) => ({
  ...visit,
  network: { ...network, lists: { proxy: { source, listed: true, ...proxy } } },
});

describeSignal('proxy', {
  fires: { 'a listed proxy': listed({}) },
  quiet: { 'an address that is not listed': listed({ listed: false }) },
  lacks: {
    'no list': visit,
    'a list of last week': listed({ source: { ...source, builtAt: NOON - 7 * 24 * HOUR } }),
    'a private address': listed({}, privateNetwork),
  },
});

describe('judgeProxy', () => {
  it('is surer of a proxy seen within a day, and says when', () => {
    const lately = judged('proxy', listed({ seenAt: NOON - HOUR }));
    expect(lately.data).toEqual({
      confidence: 'high',
      details: { proxyType: 'unknown', lastSeenAt: '2026-11-20T11:00:00.000Z' },
    });
    expect(judged('proxy', listed({ seenAt: NOON - 48 * HOUR })).data.confidence).toBe('medium');
  });

  it('calls a proxy a home’s only where the list says so', () => {
    expect(judged('proxy', listed({ residential: true })).data.details?.proxyType).toBe('residential');
    expect(judged('proxy', listed({ residential: true }, datacenterNetwork)).data.details?.proxyType).toBe(
      'residential',
    );
    expect(judged('proxy', listed({ residential: false })).data.details?.proxyType).toBe('unknown');
  });

  it('calls a proxy a datacenter’s by its network', () => {
    expect(judged('proxy', listed({}, datacenterNetwork)).data.details?.proxyType).toBe('data_center');
    expect(judged('proxy', listed({})).data.details?.proxyType).toBe('unknown');
  });
});
