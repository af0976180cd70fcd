import { describe, expect, it } from 'vitest';
import { diffEvents } from './diff-events.ts';
import { sampleEvent, sampleSignal, sampleSignals } from './testing/sample-event.ts';

const before = sampleEvent({
  signals: sampleSignals({ developerTools: sampleSignal('unknown') }),
  attributes: { audio: { value: 1, duration: 2 }, voices: { absent: true, duration: 1 } },
});

describe('diffEvents', () => {
  it('finds nothing between two readings of an event that did not change', () => {
    expect(diffEvents(before, structuredClone(before), String)).toEqual({
      signals: [],
      attributes: [],
      score: false,
      sentences: [],
    });
  });

  it('tells the state before and after', () => {
    const after = { ...before, signals: sampleSignals({ developerTools: sampleSignal('detected', 0.9) }) };
    const changes = diffEvents(before, after, (name) => `The ${name}`);
    expect(changes.signals).toEqual(['developerTools']);
    expect(changes.sentences).toEqual(['The developerTools: unknown → detected.']);
  });

  it('tells new evidence that left the state as it was', () => {
    const evidence = [{ fact: 'probes', value: 16, weight: 0, from: 'page' }];
    const after = {
      ...before,
      signals: sampleSignals({ developerTools: { ...sampleSignal('unknown'), evidence } }),
    };
    expect(diffEvents(before, after, String).sentences).toEqual(['developerTools: still unknown, with new evidence.']);
  });

  it('finds attributes that came later or changed, and a new score', () => {
    const after = {
      ...before,
      suspectScore: { ...before.suspectScore, data: { result: 7 } },
      attributes: { ...before.attributes, voices: { value: 3, duration: 400 }, botd: { value: {}, duration: 9 } },
    };
    const changes = diffEvents(before, after, String);
    expect(changes.attributes).toEqual(['voices', 'botd']);
    expect(changes.score).toBe(true);
    expect(changes.sentences).toEqual(['Suspect score: 0 → 7.']);
  });
});
