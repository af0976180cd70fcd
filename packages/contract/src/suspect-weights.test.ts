import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { MOST_POINTS } from './event.ts';
import {
  ChosenWeights,
  defaultWeights,
  MOST_WEIGHT,
  mergeWeights,
  suspectFactors,
  WeightsChange,
  weightsOf,
} from './suspect-weights.ts';

describe('suspect weights', () => {
  it('are the defaults where nothing was chosen', () => {
    expect(weightsOf({})).toEqual(defaultWeights);
    expect(weightsOf({ bot: 0 })).toEqual({ ...defaultWeights, bot: 0 });
  });

  it('change each by itself, and go back to the default by null', () => {
    const chosen = mergeWeights({}, { tor: 20, bot: 0 });
    expect(chosen).toEqual({ bot: 0, tor: 20 });
    expect(mergeWeights(chosen, { tor: null, frida: 1 })).toEqual({ bot: 0, frida: 1 });
    expect(mergeWeights(chosen, {})).toEqual(chosen);
    expect(Object.keys(mergeWeights({ tor: 1 }, { bot: 1 }))).toEqual(['bot', 'tor']);
  });

  it('are whole numbers within bounds, of factors that there are', () => {
    const [chosen, change] = [Compile(ChosenWeights), Compile(WeightsChange)];
    for (const good of [{}, { bot: 0 }, { bot: MOST_WEIGHT, tor: 3 }]) expect(chosen.Check(good)).toBe(true);
    for (const bad of [{ bot: -1 }, { bot: 1.5 }, { bot: MOST_WEIGHT + 1 }, { bott: 1 }, { bot: '7' }, null, []]) {
      expect(chosen.Check(bad) || change.Check(bad)).toBe(false);
    }
    expect([chosen.Check({ bot: null }), change.Check({ bot: null })]).toEqual([false, true]);
  });

  it('never add up to more than an event can hold', () => {
    expect(suspectFactors.length * MOST_WEIGHT).toBeLessThan(MOST_POINTS);
  });
});
