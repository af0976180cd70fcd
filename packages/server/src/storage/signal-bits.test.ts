import { signalNames } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { findingBits, signalBits, signalMasks } from './signal-bits.ts';
import { sampleEvent } from './testing/sample-event.ts';

const has = (mask: number, bit: number): boolean => Math.floor(mask / 2 ** bit) % 2 === 1;

describe('signalBits', () => {
  it('gives each signal and finding a bit of its own that a number can hold', () => {
    const bits = [...Object.values(signalBits), ...Object.values(findingBits)];
    expect(new Set(bits).size).toBe(bits.length);
    for (const bit of bits) expect(bit).toBeLessThan(53);
    expect(Object.keys(signalBits).toSorted()).toEqual(signalNames.toSorted());
  });
});

describe('signalMasks', () => {
  const { signals } = sampleEvent();

  it.each(signalNames)('tells detected, clear and unknown apart for %s', (name) => {
    const masks = (state: 'detected' | 'clear' | 'unknown') => {
      const { detected, clear } = signalMasks({ ...signals, [name]: { ...signals[name], state } });
      return [has(detected, signalBits[name]), has(clear, signalBits[name])];
    };
    expect(masks('detected')).toEqual([true, false]);
    expect(masks('clear')).toEqual([false, true]);
    expect(masks('unknown')).toEqual([false, false]);
  });

  it('marks findings by their own state', () => {
    const { tampering, ipInfo } = signals;
    const anti = { ...tampering, data: { ...tampering.data, antiDetectBrowser: true } };
    expect(has(signalMasks({ ...signals, tampering: anti }).detected, findingBits.antiDetectBrowser)).toBe(true);
    expect(has(signalMasks(signals).clear, findingBits.antiDetectBrowser)).toBe(true);
    expect(has(signalMasks(signals).clear, findingBits.datacenter)).toBe(true);
    const nowhere = signalMasks({ ...signals, ipInfo: { ...ipInfo, data: {} } });
    expect([has(nowhere.detected, findingBits.datacenter), has(nowhere.clear, findingBits.datacenter)]).toEqual([
      false,
      false,
    ]);
  });
});
