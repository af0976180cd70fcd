import { describe, expect, it } from 'vitest';
import type { NetworkFacts } from '../facts.ts';
import { signalRegistry } from '../signals/registry.ts';
import { arbitraryFacts, chanceOf } from '../testing/arbitrary-facts.ts';
import { datacenterNetwork, homeNetwork, NOON, privateNetwork } from '../testing/facts-builder.ts';
import { judgeRequest } from './judge-request.ts';

const userAgent = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const judge = (network: NetworkFacts, header: string | undefined = undefined) =>
  judgeRequest({ time: NOON, userAgent: header, network });

const listed = { source: { name: 'list', builtAt: NOON }, listed: true, seenAt: NOON };

describe('judgeRequest', () => {
  it('says what the address tells', () => {
    const { signals, bot } = judge(datacenterNetwork);
    expect(bot).toBeUndefined();
    expect(signals.ipInfo).toMatchObject({ state: 'detected', data: { v4: { datacenter: { name: 'Hetzner' } } } });
    expect(signals.vpn).toMatchObject({ state: 'unknown', data: { methods: { timezoneMismatch: false } } });
    expect(signals.proxy.state).toBe('unknown');
  });

  it('judges by lists as for visits', () => {
    const { signals } = judge({
      ...homeNetwork,
      lists: { relay: listed, publicVpn: { ...listed, listed: false }, proxy: listed },
    });
    expect(signals.vpn).toMatchObject({ state: 'detected', data: { confidence: 'high', methods: { relay: true } } });
    expect(signals.proxy).toMatchObject({ state: 'detected', data: { confidence: 'high' } });
  });

  it('names the bot', () => {
    const crawlers = { googlebot: { source: { name: 'list', builtAt: NOON }, listed: true } };
    expect(judge({ ...homeNetwork, crawlers }, userAgent).bot?.info).toMatchObject({ identity: 'verified' });
  });

  it('has nothing to say of a private address', () => {
    const { signals } = judge(privateNetwork);
    expect(Object.values(signals).map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('lets the failure of a judge stand alone', () => {
    const reason = new Error('out of order');
    const vpn = () => {
      throw reason;
    };
    const whole = judge(datacenterNetwork);
    const { signals, failures } = judgeRequest(
      { time: NOON, userAgent: undefined, network: datacenterNetwork },
      { ...signalRegistry, vpn },
    );
    expect(failures).toEqual([{ what: 'vpn', reason }]);
    expect(signals.vpn).toMatchObject({ state: 'unknown', failed: true });
    expect(signals).toMatchObject({ ipInfo: whole.signals.ipInfo, proxy: whole.signals.proxy });
  });

  it('never throws', () => {
    const chance = chanceOf(7);
    for (let round = 0; round < 500; round += 1) {
      const { network, headers, time } = arbitraryFacts(chance);
      expect(() => judgeRequest({ time, userAgent: headers['user-agent'], network })).not.toThrow();
    }
  });

  it('judges the same request in the same way, however often', () => {
    const rounds = 2_000;
    const first = judge(homeNetwork, userAgent);
    const started = performance.now();
    const last = Array.from({ length: rounds }, () => judge(homeNetwork, userAgent)).at(-1);
    const micros = ((performance.now() - started) / rounds) * 1000;
    console.info(`judging a request takes ${micros.toFixed(1)} microseconds`);
    expect(last).toEqual(first);
  });
});
