import {
  BrowserDetails,
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
import { arbitraryFacts, chanceOf } from './testing/arbitrary-facts.ts';
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
    const sources = Object.entries(sourceSchemas).map(([name, schema]) => [name, Compile(schema)] as const);
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
      const { signals, suspectScore } = judge(facts);
      const wrong = wrongSignals(signals);
      if (!checkScore.Check(suspectScore)) wrong.push('suspectScore');
      if (!checkBrowser.Check(readBrowser(facts.components, facts.headers['user-agent'] ?? ''))) wrong.push('browser');
      // What is recorded must come back from the store as it was.
      const text = JSON.stringify(signals);
      if (JSON.stringify(JSON.parse(text)) !== text) wrong.push('json');
      expect(wrong, `seed ${seed}`).toEqual([]);
    }
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
