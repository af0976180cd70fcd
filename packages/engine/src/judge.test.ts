import {
  BrowserDetails,
  defaultWeights,
  mobileSections,
  type SignalName,
  signalDataSchemas,
  signalNames,
  signalOf,
  sourceSchemas,
} from '@whorl/contract';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { readBrowser } from './network/user-agent.ts';
import { botDetectors } from './signals/bot/registry.ts';
import { signalRegistry } from './signals/registry.ts';
import { arbitraryFacts, chanceOf } from './testing/arbitrary-facts.ts';
import { chromiumLinux } from './testing/chromium-browsers.ts';
import { emptyVisit, factsOf } from './testing/facts-builder.ts';
import { honestBrowsers } from './testing/honest-browsers.ts';

const checks = new Map(signalNames.map((name) => [name, Compile(signalOf(signalDataSchemas[name]))]));
const checkScore = Compile(signalOf(Type.Object({ result: Type.Integer({ minimum: 0 }) })));
const checkBrowser = Compile(BrowserDetails);
const wrongSignals = (signals: Record<SignalName, unknown>): string[] =>
  signalNames.filter((name) => checks.get(name)?.Check(signals[name]) !== true);

const SEEDS = 1000;

describe('judge', () => {
  it('judges every product of the contract, in its order', () => {
    expect(Object.keys(judge(emptyVisit).signals)).toEqual(signalNames);
  });

  it('draws hostile facts that the schemas let through', () => {
    const sources = [
      ...Object.entries(sourceSchemas).map(([name, schema]) => [name, Compile(schema)] as const),
      ...Object.entries(mobileSections).map(([name, { schema }]) => [name, Compile(schema)] as const),
    ];
    const chance = chanceOf(7);
    for (let seed = 0; seed < 50; seed++) {
      const components = arbitraryFacts(chance).components as Record<string, { value?: unknown } | undefined>;
      const refused = sources.filter(([name, check]) => {
        const component = components[name];
        return component !== undefined && 'value' in component && !check.Check(component.value);
      });
      expect(refused.map(([name]) => name)).toEqual([]);
    }
  });

  it('never throws on hostile facts and always answers by the schema', () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const facts = arbitraryFacts(chanceOf(seed));
      const { signals, suspectScore, failures } = judge(facts);
      const wrong: string[] = [...wrongSignals(signals), ...failures.map(({ what }) => `${what} failed`)];
      if (!checkScore.Check(suspectScore)) wrong.push('suspectScore');
      if (!checkBrowser.Check(readBrowser(facts.components, facts.headers['user-agent'] ?? ''))) wrong.push('browser');
      // What is recorded must come back from the store as it was.
      const text = JSON.stringify(signals);
      if (JSON.stringify(JSON.parse(text)) !== text) wrong.push('json');
      expect(wrong, `seed ${seed}`).toEqual([]);
    }
  }, 60_000);

  it.each(signalNames)('lets the failure of %s stand alone', (name) => {
    const reason = new TypeError('out of order');
    const fails = () => {
      throw reason;
    };
    const facts = factsOf(chromiumLinux);
    const whole = judge(facts);
    const { signals, suspectScore, failures } = judge(facts, { registry: { ...signalRegistry, [name]: fails } });
    expect(failures).toEqual([{ what: name, reason }]);
    expect(signals[name]).toMatchObject({ state: 'unknown', confidence: 0, failed: true });
    expect(wrongSignals(signals)).toEqual([]);
    expect(JSON.stringify(signals[name])).not.toMatch('out of order');
    for (const other of signalNames.filter((each) => each !== name))
      expect(signals[other]).toEqual(whole.signals[other]);
    expect(suspectScore.data.result).toBe(whole.suspectScore.data.result);
  });

  it('lets the failure of a bot detector stand alone', () => {
    const reason = new Error('out of order');
    const fails = () => {
      throw reason;
    };
    const { signals, failures } = judge(factsOf(chromiumLinux), { detectors: { ...botDetectors, webdriver: fails } });
    expect(failures).toEqual([{ what: 'detector webdriver', reason }]);
    expect(signals.botd).toMatchObject({ state: 'clear', data: { result: 'notDetected' } });
  });

  it('lets the failure of the score stand alone', () => {
    const reason = new Error('out of order');
    const weights = new Proxy(defaultWeights, {
      get: () => {
        throw reason;
      },
    });
    const { suspectScore, failures } = judge(factsOf(chromiumLinux), { weights });
    expect(failures).toEqual([{ what: 'suspectScore', reason }]);
    expect(suspectScore).toMatchObject({ state: 'unknown', data: { result: 0 }, failed: true });
  });

  it('gives the same judgement for the same facts and leaves them alone', () => {
    const facts = arbitraryFacts(chanceOf(42));
    const before = structuredClone(facts);
    expect(judge(facts)).toEqual(judge(facts));
    expect(facts).toEqual(before);
  });

  it('calls nothing detected of a visit that showed nothing', () => {
    const { signals, suspectScore } = judge({ ...emptyVisit, network: { ...emptyVisit.network, isPublic: false } });
    const fired = signalNames.filter((name) => signals[name].state === 'detected');
    expect(fired).toEqual(['velocity']);
    expect(suspectScore.data.result).toBe(0);
  });

  it.each(Object.entries(honestBrowsers))('finds neither bot nor tampering in %s', (_, browser) => {
    const { signals } = judge(factsOf(browser));
    expect(signals.botd).toMatchObject({ state: 'clear', data: { result: 'notDetected' } });
    expect(signals.tampering).toMatchObject({ state: 'clear', data: { anomalyScore: 0, antiDetectBrowser: false } });
    expect(signals.developerTools.state).not.toBe('detected');
    expect(signals.virtualMachine.state).not.toBe('detected');
  });
});
