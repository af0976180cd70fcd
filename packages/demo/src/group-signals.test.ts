import { signalNames } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { groupSignals, isOfPhones, leadingEvidence, orderEvidence } from './group-signals.ts';
import { sampleSignal, sampleSignals } from './testing/sample-event.ts';

const names = (group: { name: string }[]): string[] => group.map(({ name }) => name);

describe('groupSignals', () => {
  it('shows every verdict in exactly one group and leaves out what only tells', () => {
    const { detected, clear, unknown } = groupSignals(sampleSignals({ tor: sampleSignal('unknown') }));
    const shown = names([...detected, ...clear, ...unknown]);
    expect(new Set(shown).size).toBe(shown.length);
    expect(signalNames.filter((name) => !shown.includes(name))).toEqual(['ipInfo', 'velocity']);
    expect(names(unknown)).toEqual(['tor']);
  });

  it('puts the surest of the fired signals first, and keeps the order of equals', () => {
    const { detected } = groupSignals(
      sampleSignals({
        botd: sampleSignal('detected', 0.6),
        incognito: sampleSignal('detected', 0.95),
        tampering: sampleSignal('detected', 0.6),
        ipInfo: sampleSignal('detected', 1),
      }),
    );
    expect(names(detected)).toEqual(['incognito', 'botd', 'tampering']);
  });
});

describe('isOfPhones', () => {
  it('tells apps on phones from browsers', () => {
    expect(isOfPhones({ name: 'jailbroken', signal: sampleSignal('clear') })).toBe(true);
    expect(isOfPhones({ name: 'virtualMachine', signal: sampleSignal('clear') })).toBe(false);
  });
});

describe('orderEvidence', () => {
  it('puts the heaviest first, whichever way it speaks, and context last', () => {
    const evidence = [0, 1, -3, 2].map((weight) => ({ fact: String(weight), value: null, weight, from: 'page' }));
    expect(orderEvidence(evidence).map(({ weight }) => weight)).toEqual([-3, 2, 1, 0]);
    expect(evidence[0]?.weight).toBe(0);
  });
});

describe('leadingEvidence', () => {
  const evidence = (
    [
      ['console formatted errors', 0.9],
      ['probed for (ms)', 0],
      ['no list loaded', 0],
    ] as const
  ).map(([fact, weight]) => ({ fact, value: null, weight, from: 'page' }));

  it('is the heaviest where a state was reached', () => {
    expect(leadingEvidence({ ...sampleSignal('detected'), evidence })?.fact).toBe('console formatted errors');
  });

  it('is what was lacking where none was', () => {
    expect(leadingEvidence({ ...sampleSignal('unknown'), evidence })?.fact).toBe('no list loaded');
    expect(leadingEvidence({ ...sampleSignal('unknown'), evidence: evidence.slice(0, 1) })?.weight).toBe(0.9);
    expect(leadingEvidence(sampleSignal('unknown'))).toBeUndefined();
  });
});
