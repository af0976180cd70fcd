import { defaultWeights, type Signals, suspectFactors } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { scoreSuspicion } from './score.ts';
import { chromiumHeadless, chromiumIncognito, chromiumLinux } from './testing/chromium-browsers.ts';
import { emptyVisit, factsOf, homeNetwork, NOON, privateNetwork } from './testing/facts-builder.ts';

const listed = { source: { name: 'list', builtAt: NOON }, listed: true };
const everyList = {
  tor: listed,
  publicVpn: listed,
  relay: listed,
  proxy: listed,
  attackSource: listed,
  emailSpam: listed,
};

describe('scoreSuspicion', () => {
  it('is 0 and clear for an honest visit', () => {
    expect(judge(factsOf(chromiumLinux)).suspectScore).toMatchObject({ state: 'clear', data: { result: 0 } });
  });

  it('adds the weights of what was detected and lists each', () => {
    const { suspectScore } = judge(factsOf(chromiumHeadless));
    expect(suspectScore).toMatchObject({ state: 'detected', data: { result: 7 + 14 } });
    expect(suspectScore.evidence.slice(0, 2)).toEqual([
      { fact: 'bot', value: true, weight: 7, from: 'botd' },
      { fact: 'virtualMachine', value: true, weight: 14, from: 'virtualMachine' },
    ]);
  });

  it('counts each list and method by itself', () => {
    const network = { ...homeNetwork, lists: everyList, countryOffsets: [60] };
    const { suspectScore } = judge(factsOf(chromiumLinux, { network }));
    const { tor, publicVpn, relay, proxy, attackSource, emailSpam, vpnTimezone } = defaultWeights;
    expect(suspectScore.data.result).toBe(tor + publicVpn + relay + proxy + attackSource + emailSpam + vpnTimezone);
  });

  it('takes the weights of a workspace, and leaves out what weighs nothing', () => {
    const { signals } = judge(factsOf(chromiumIncognito));
    expect(scoreSuspicion(signals).data.result).toBe(4);
    expect(scoreSuspicion(signals, { ...defaultWeights, incognito: 40 }).data.result).toBe(40);
    expect(scoreSuspicion(signals, { ...defaultWeights, incognito: 0 }).state).toBe('clear');
  });

  it('adds what has no points by default only where a workspace gives it some', () => {
    const { signals } = judge(factsOf(chromiumLinux, { replay: { outcome: 'nonce-reused', nonceAge: 5 } }));
    const without = scoreSuspicion(signals);
    expect(without.data.result).toBe(0);
    expect(JSON.stringify(without.evidence)).not.toContain('rareDevice');
    expect(scoreSuspicion(signals, { ...defaultWeights, replayed: 9 }).data.result).toBe(9);
  });

  it('has every factor count for a visit that shows it', () => {
    const fired = Object.fromEntries(
      Object.entries(judge(emptyVisit).signals).map(([name, signal]) => [name, { ...signal, state: 'detected' }]),
    ) as Signals;
    const all: Signals = {
      ...fired,
      botd: { ...fired.botd, data: { result: 'bad' } },
      tampering: { ...fired.tampering, data: { ...fired.tampering.data, antiDetectBrowser: true } },
      ipBlocklist: { ...fired.ipBlocklist, data: { emailSpam: true, attackSource: true } },
      vpn: {
        ...fired.vpn,
        data: {
          ...fired.vpn.data,
          methods: { ...fired.vpn.data.methods, timezoneMismatch: true, publicVPN: true, relay: true },
        },
      },
    };
    for (const factor of suspectFactors) {
      const only = Object.fromEntries(suspectFactors.map((each) => [each, each === factor ? 3 : 0]));
      expect(scoreSuspicion(all, only as typeof defaultWeights).data.result, factor).toBe(3);
      expect(scoreSuspicion(judge(emptyVisit).signals, only as typeof defaultWeights).data.result, factor).toBe(0);
    }
  });

  it('is less sure of a visit of which little was judged', () => {
    const little = judge({ ...emptyVisit, network: privateNetwork }).suspectScore;
    const full = judge(factsOf(chromiumLinux)).suspectScore;
    expect(little.data.result).toBe(0);
    expect(little.confidence).toBeLessThan(full.confidence);
    expect(little.evidence).toContainEqual(expect.objectContaining({ fact: 'not judged' }));
  });
});
