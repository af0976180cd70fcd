import { describe, expect, it } from 'vitest';
import { TokenJar } from '../contest/token-jar.ts';
import { DAY } from '../drift/releases.ts';
import { scenarios } from '../scenario.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { simulate } from '../visits/simulation.ts';
import { TokenTruth } from './token-truth.ts';

const scenario = scenarios['web-mix'];
const visits = [...simulate(scenario, { visitors: 1_500, days: 90, seed: 4 })];
const [first] = visits;
if (first === undefined) throw new Error('nobody came');

/** A visit on a day, by a browser that is not Safari and brings its own token, or none. */
const visit = (day: number, { brings = false, hidden = false, safari = false } = {}): SimulatedVisit => ({
  ...first,
  time: day * DAY,
  private: hidden,
  browserFamily: safari ? 'Safari' : 'Chrome',
  token: brings ? 'kept' : hidden ? 'none' : 'lost',
  tokenOf: brings ? first.browser : null,
});

const missing = (past: readonly SimulatedVisit[], now: SimulatedVisit): number => {
  const truth = new TokenTruth(scenario);
  for (const one of past) truth.learn(0, one);
  return Math.exp(truth.logMissing(0, now));
};

describe('TokenTruth', () => {
  it('expects no token of who was never given one, nor of Safari after a week', () => {
    const usual = 1 - scenario.privateWindows.people * scenario.privateWindows.visits;
    expect(missing([visit(0, { hidden: true })], visit(1))).toBeGreaterThan(0.5);
    expect(missing([visit(0, { safari: true })], visit(8, { safari: true }))).toBeCloseTo(usual, 1);
    expect(missing([visit(0, { safari: true })], visit(6, { safari: true }))).toBeLessThan(0.1);
  });

  it('learns who clears and who hides', () => {
    const kept = [0, 20, 40].map((day) => visit(day, { brings: true }));
    const cleared = [0, 20, 40].map((day) => visit(day));
    expect(missing(kept, visit(60))).toBeLessThan(missing([visit(40)], visit(60)));
    expect(missing(cleared, visit(60))).toBeGreaterThan(missing([visit(40)], visit(60)));
    const hidden = visit(61, { hidden: true });
    expect(missing([...kept, visit(60, { hidden: true })], hidden)).toBeGreaterThan(5 * missing(kept, hidden));
  });

  it('says how many come without a token', () => {
    const truth = new TokenTruth(scenario);
    const jar = new TokenJar();
    const known = new Set<number>();
    let [ordinary, missed, expected] = [0, 0, 0];
    for (const one of visits) {
      const brings = jar.broughtBy(one) !== undefined;
      if (known.has(one.browser) && !one.private) {
        const hidden = { ...one, private: true };
        ordinary++;
        missed += Number(!brings);
        // Of ordinary windows: that it is one is known.
        expected +=
          Math.exp(truth.logMissing(one.browser, one)) / (1 - Math.exp(truth.logMissing(one.browser, hidden)));
      }
      truth.learn(one.browser, one);
      jar.leave(one, { id: one.browser, found: true });
      known.add(one.browser);
    }
    expect(missed).toBeGreaterThan(300);
    expect(expected / ordinary).toBeCloseTo(missed / ordinary, 2);
  });
});
