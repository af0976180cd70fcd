import type { Components, Event, SourceValue } from '@whorl/contract';
import { Event as EventSchema } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import type { Facts } from './facts.ts';
import { failed } from './failed-signal.ts';
import { strangePairs } from './identity/strange-pairs.ts';
import { judge } from './judge.ts';
import { identifyBot } from './network/identify-bot.ts';
import { rejudge } from './rejudge.ts';
import { type SignalRegistry, signalRegistry } from './signals/registry.ts';
import { chromiumLinux } from './testing/chromium-browsers.ts';
import { factsOf, homeNetwork } from './testing/facts-builder.ts';
import { firefoxLinux } from './testing/other-browsers.ts';

const isEvent = Compile(EventSchema);
const seen = { workspace: 1_700_000_000_000, server: 1_700_000_000_000 };

const eventOf = (facts: Facts): Event => {
  const { signals, suspectScore } = judge(facts);
  return {
    version: 1,
    id: '1700000000000.abcdef',
    time: facts.time,
    workspaceId: 'ws_0000000000000000',
    environmentId: 'ae_0000000000000000',
    url: 'https://shop.example',
    ip: facts.network.address,
    userAgent: facts.headers['user-agent'] ?? '',
    headers: facts.headers,
    tag: {},
    sdk: { platform: 'js', version: '0' },
    browser: facts.browser,
    identity: {
      visitorId: 'A'.repeat(20),
      found: false,
      confidence: 0.9,
      firstSeen: seen,
      lastSeen: null,
      tokenContradictions: facts.tokenContradictions,
      explanation: { method: 'new', reasons: [], candidates: 0 },
    },
    signals,
    suspectScore,
    attributes: facts.components,
    updates: [],
  };
};

const without = (facts: Facts, name: keyof Components): Facts => {
  const components = { ...facts.components };
  delete components[name];
  return { ...facts, components };
};

const probe = (value: Partial<SourceValue<'developerTools'>>): Components => ({
  developerTools: { value: { stackTraceHits: 0, probes: 12, elapsed: 2_500, ...value }, duration: 2_500 },
});

describe('rejudge', () => {
  it('takes late hits into account, keeps to the schema, and leaves the event that it was given alone', () => {
    const event = eventOf(without(factsOf(chromiumLinux), 'developerTools'));
    const before = structuredClone(event);
    const revised = rejudge(event, probe({ stackTraceHits: 1 }));
    expect(revised.changed).toEqual(['developerTools']);
    expect(revised.event.signals.developerTools.state).toBe('detected');
    expect([...isEvent.Errors(revised.event)]).toEqual([]);
    expect(event).toEqual(before);
  });

  it('never forgets a gesture that nobody made', () => {
    const seen = eventOf({
      ...factsOf(chromiumLinux),
      components: { ...factsOf(chromiumLinux).components, ...probe({ gestureWithoutInput: true }) },
    });
    expect(seen.signals.botd.data).toMatchObject({ result: 'bad', type: 'devtools_protocol' });
    expect(rejudge(seen, probe({ gestureWithoutInput: false })).event.signals.botd.data.result).toBe('bad');
  });

  it('never forgets a hit, of either probe', () => {
    const hit = eventOf({
      ...factsOf(chromiumLinux),
      components: { ...factsOf(chromiumLinux).components, ...probe({ stackTraceHits: 2 }) },
    });
    expect(rejudge(hit, probe({})).event.signals.developerTools.state).toBe('detected');
    const firefox = factsOf(firefoxLinux);
    const table = eventOf({ ...firefox, components: { ...firefox.components, ...probe({ tableRatio: 9 }) } });
    expect(table.signals.developerTools.state).toBe('detected');
    expect(rejudge(table, probe({ tableRatio: 0 })).event.signals.developerTools.state).toBe('detected');
  });

  it('judges tampering again when what contradicts comes late', () => {
    const event = eventOf(without(factsOf(chromiumLinux), 'worker'));
    expect(event.signals.tampering.state).toBe('clear');
    const worker: Components = {
      worker: {
        value: {
          userAgent: 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/150.0',
          platform: 'Win32',
          hardwareConcurrency: 2,
        },
        duration: 900,
      },
    };
    const revised = rejudge(event, worker);
    expect(revised.event.signals.tampering.data.anomalyScore).toBeGreaterThan(
      event.signals.tampering.data.anomalyScore,
    );
  });

  it('keeps that a report lacked the signature that it needed', () => {
    const event = eventOf({ ...factsOf(chromiumLinux), signatureRequired: true, reportSignature: 'missing' });
    expect(event.signals.tampering.state).toBe('detected');
    const revised = rejudge(event, probe({ stackTraceHits: 1 })).event.signals.tampering;
    expect(revised).toEqual(event.signals.tampering);
  });

  it('keeps who a bot was found to be, and why', () => {
    const bot = identifyBot({
      time: 0,
      userAgent: 'Googlebot/2.1',
      network: { ...homeNetwork, crawlers: { googlebot: { source: { name: 'list', builtAt: 0 }, listed: true } } },
    });
    const event = eventOf({ ...factsOf(chromiumLinux), ...(bot === undefined ? {} : { bot }) });
    expect(event.signals.botd.data).toMatchObject({ result: 'good', info: { identity: 'verified' } });
    const revised = rejudge(event, probe({ stackTraceHits: 1 })).event.signals.botd;
    expect(revised).toEqual(event.signals.botd);
  });

  it('keeps the verdict of a judge that fails on late evidence, and says why', () => {
    const reason = new Error('out of order');
    const registry: SignalRegistry = {
      ...signalRegistry,
      developerTools: () => {
        throw reason;
      },
      vpn: () => {
        throw reason;
      },
    };
    const hit = eventOf({
      ...factsOf(chromiumLinux),
      components: { ...factsOf(chromiumLinux).components, ...probe({ stackTraceHits: 2 }) },
    });
    const revised = rejudge(hit, probe({ stackTraceHits: 3 }), { registry });
    expect(revised.event.signals).toEqual(hit.signals);
    expect(revised.failures).toEqual([{ what: 'developerTools', reason }]);
  });

  it('keeps what was counted of its pairs of values', () => {
    const pair = { attribute: 'cores', beside: ['gpu'], bits: 9, seen: 0, among: 300, expected: 60 } as const;
    const rarity = { ranked: 2_000, asRare: 9, bits: 50, alike: 0, known: false, rarest: [], strangers: [pair] };
    const event = eventOf(factsOf(chromiumLinux, { rarity, strangePairs: strangePairs(rarity) }));
    expect(event.signals.tampering.data.anomalyScore).toBe(0.15);
    const { signals } = rejudge(event, probe({ stackTraceHits: 1 })).event;
    expect(signals.tampering).toEqual(event.signals.tampering);
    expect(signals.rareDevice).toBe(event.signals.rareDevice);
  });

  it('judges what failed before', () => {
    const event = eventOf(factsOf(chromiumLinux));
    const broken = { ...event, signals: { ...event.signals, incognito: failed({}) } };
    expect(rejudge(broken, probe({})).event.signals.incognito).toEqual(event.signals.incognito);
  });

  it('keeps what rests on the moment of the visit', () => {
    const event = eventOf(factsOf(chromiumLinux));
    const { signals } = rejudge(event, probe({})).event;
    for (const name of ['ipInfo', 'vpn', 'velocity', 'highActivity', 'replayed'] as const) {
      expect(signals[name]).toBe(event.signals[name]);
    }
  });

  it('holds the connection against the browser as the event did', () => {
    const tls = { ja4: 't13d3112h2_e8f1e7e78f70_b26ce05bbdd6', source: 'hello', grease: false } as const;
    const facts = factsOf(chromiumLinux, { tls });
    const event: Event = { ...eventOf(facts), tls };
    expect(isEvent.Check(event)).toBe(true);
    expect(rejudge(event, {}).event.signals.tampering).toEqual(event.signals.tampering);
    expect(isEvent.Check({ ...event, tls: { ja4: 'nonsense', source: 'hello' } })).toBe(false);
  });
});
