import { type Signals, signalNames } from '@whorl/contract';
import { failed } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { maskOf, signalBits, signalMasks } from './signal-bits.ts';
import { sampleEvent } from './testing/sample-event.ts';

const has = (mask: number, bit: number): boolean => Math.floor(mask / 2 ** bit) % 2 === 1;

describe('signalBits', () => {
  it('gives each product and finding a bit of its own that a number can hold', () => {
    const bits = Object.values(signalBits);
    expect(new Set(bits).size).toBe(bits.length);
    for (const bit of bits) expect(bit).toBeLessThan(53);
    expect(Object.keys(signalBits)).toEqual(expect.arrayContaining(signalNames));
    expect(maskOf(['ipInfo', 'suspectScore'])).toBe(2 + 2 ** 36);
  });
});

describe('signalMasks', () => {
  const { signals, suspectScore } = sampleEvent();

  /** The bit of one name in `detected` and in `clear`. */
  const bitsOf = (name: keyof typeof signalBits, change: Partial<Signals>) => {
    const { detected, clear } = signalMasks({ signals: { ...signals, ...change } });
    return [has(detected, signalBits[name]), has(clear, signalBits[name])];
  };
  const FOUND = [true, false];
  const ABSENT = [false, true];
  const UNKNOWN = [false, false];
  const FAILED = [true, true];

  it.each(signalNames.filter((name) => name !== 'factoryReset'))(
    'tells detected, clear, unknown and failed apart for %s',
    (name) => {
      const stated = (state: 'detected' | 'clear' | 'unknown') => bitsOf(name, { [name]: { ...signals[name], state } });
      expect(stated('detected')).toEqual(FOUND);
      expect(stated('clear')).toEqual(ABSENT);
      expect(stated('unknown')).toEqual(UNKNOWN);
      expect(bitsOf(name, { [name]: failed(signals[name].data) })).toEqual(FAILED);
    },
  );

  it('knows a reset by its time, which is what is shown', () => {
    const reset = (timestamp: number, state: 'detected' | 'clear' | 'unknown') =>
      bitsOf('factoryReset', { factoryReset: { ...signals.factoryReset, state, data: { timestamp } } });
    expect(reset(1_700_000_000_000, 'detected')).toEqual(FOUND);
    expect(reset(0, 'clear')).toEqual(ABSENT);
    expect(reset(0, 'unknown')).toEqual(UNKNOWN);
    expect(bitsOf('factoryReset', { factoryReset: failed({ timestamp: 0 }) })).toEqual(FAILED);
  });

  it('marks findings by what the data says, and as failed with their product', () => {
    const { tampering, ipInfo, ipBlocklist } = signals;
    const anti = { ...tampering, data: { ...tampering.data, antiDetectBrowser: true } };
    expect(bitsOf('antiDetectBrowser', { tampering: anti })).toEqual(FOUND);
    expect(bitsOf('antiDetectBrowser', {})).toEqual(ABSENT);
    expect(bitsOf('antiDetectBrowser', { tampering: { ...tampering, state: 'unknown' } })).toEqual(UNKNOWN);
    expect(bitsOf('antiDetectBrowser', { tampering: failed(tampering.data) })).toEqual(FAILED);
    expect(bitsOf('datacenter', {})).toEqual(ABSENT);
    expect(bitsOf('datacenter', { ipInfo: { ...ipInfo, data: {} } })).toEqual(UNKNOWN);
    expect(bitsOf('datacenter', { ipInfo: failed({}) })).toEqual(FAILED);
    const spam = { ...ipBlocklist, state: 'detected' as const, data: { emailSpam: true, attackSource: false } };
    expect(bitsOf('emailSpam', { ipBlocklist: spam })).toEqual(FOUND);
    expect(bitsOf('attackSource', { ipBlocklist: spam })).toEqual(ABSENT);
    expect(bitsOf('attackSource', { ipBlocklist: failed(ipBlocklist.data) })).toEqual(FAILED);
  });

  it.each([
    ['detected', ABSENT, FOUND],
    ['clear', ABSENT, ABSENT],
    ['unknown', UNKNOWN, UNKNOWN],
  ] as const)('takes what emulates iOS, %s, for a simulator and for no emulator', (state, emulator, simulator) => {
    const of = (platform: 'android' | 'ios', name: 'emulator' | 'simulator') => {
      const change = { ...signals, emulator: { ...signals.emulator, state } };
      const { detected, clear } = signalMasks({ signals: change, sdk: { platform } });
      return [has(detected, signalBits[name]), has(clear, signalBits[name])];
    };
    expect([of('ios', 'emulator'), of('ios', 'simulator')]).toEqual([emulator, simulator]);
    expect([of('android', 'emulator'), of('android', 'simulator')]).toEqual([simulator, UNKNOWN]);
  });

  it('marks the score that failed, and nothing that an event does not have', () => {
    const of = (masks: { detected: number; clear: number }) =>
      has(masks.detected, signalBits.suspectScore) && has(masks.clear, signalBits.suspectScore);
    expect(of(signalMasks({ signals, suspectScore }))).toBe(false);
    expect(of(signalMasks({ signals, suspectScore: failed({ result: 0 }) }))).toBe(true);
    expect(signalMasks({ signals: {} })).toEqual({ detected: 0, clear: 0 });
  });
});
