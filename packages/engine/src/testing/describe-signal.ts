import type { SignalName, SignalState } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../facts.ts';
import { judge } from '../judge.ts';
import { exceptions } from './exceptions.ts';

/** Facts by what they are an example of. */
export type Fixtures = Record<string, Facts>;

/** Examples in which a signal fires, stays quiet and lacks evidence. */
export type SignalFixtures = { fires?: Fixtures; quiet?: Fixtures; lacks?: Fixtures };

const states: Record<keyof SignalFixtures, SignalState> = { fires: 'detected', quiet: 'clear', lacks: 'unknown' };

/**
 * Describes a signal by its three kinds of fixtures and checks each one's state and that it names evidence. A kind may
 * be missing only where `exceptions` says why it cannot be.
 */
export const describeSignal = (name: SignalName, fixtures: SignalFixtures): void => {
  describe(name, () => {
    for (const kind of ['fires', 'quiet', 'lacks'] as const) {
      const examples = Object.entries(fixtures[kind] ?? {});
      if (examples.length === 0) {
        it(`has a reason for no example in which it ${kind}`, () => {
          expect(exceptions[kind][name]).toEqual(expect.any(String));
        });
      }
      it.each(examples)(`${kind}: %s`, (_, facts) => {
        const signal = judge(facts).signals[name];
        expect(signal.state).toBe(states[kind]);
        expect(signal.evidence).not.toHaveLength(0);
        expect(signal.confidence > 0).toBe(states[kind] !== 'unknown');
      });
    }
  });
};

/** The judgement of one signal. */
export const judged = <N extends SignalName>(name: N, facts: Facts) => judge(facts).signals[name];
