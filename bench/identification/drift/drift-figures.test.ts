import { describe, expect, it } from 'vitest';
import { type Attribute, publishedDrift, simulateDrift, spans } from './drift-figures.ts';

/**
 * How far a simulated share may be from the published one. Browser versions now come every 28 days instead of 42, and
 * the published pairs within two days are mostly hours apart.
 */
const TOLERANCE: { [Name in Attribute]: number } = {
  canvas: 0.07,
  'browser version': 0.2,
  languages: 0.03,
  'WebGL renderer': 0.03,
  screen: 0.12,
  timezone: 0.09,
  'IP address': 0.2,
};

describe('drift', () => {
  const simulated = simulateDrift(700, 2);

  it.each(Object.keys(publishedDrift) as Attribute[])('%s agrees about as often as published', (name) => {
    for (const span of spans) {
      expect(Math.abs(simulated[name][span] - publishedDrift[name][span]), span).toBeLessThan(TOLERANCE[name]);
    }
  });

  it('makes different browsers agree seldom', () => {
    expect(simulated.canvas.different).toBeLessThan(0.06);
    expect(simulated['IP address'].different).toBeLessThan(0.02);
    expect(simulated.screen.different).toBeLessThan(0.25);
  });
}, 120_000);
