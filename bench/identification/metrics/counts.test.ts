import { describe, expect, it } from 'vitest';
import { countsOf, sharesOf } from './counts.ts';
import { replayOf } from './testing/replay-of.ts';

const [A, B] = [10, 11];

describe('countsOf', () => {
  it('tells recognition, the first id, and false merges from what follows from them', () => {
    const { journal, answers } = replayOf([
      { browser: A, id: 0 },
      { browser: B, id: 0, found: true },
      { browser: B, id: 0, found: true },
      { browser: A, id: 0, found: true },
      { browser: A, id: 1 },
      { browser: A, id: 1, found: true },
    ]);
    expect(countsOf(journal, answers).all).toEqual({
      visits: 6,
      returning: 4,
      recognised: 2,
      firstId: 1,
      falseMerges: 2,
      firstMerges: 1,
      newcomers: 2,
      newcomerMerges: 1,
    });
  });

  it('leaves out visits with a token, but not what they tell of browsers', () => {
    const { journal, answers } = replayOf([
      { browser: A, id: 0 },
      { browser: B, id: 1, token: 1 },
      { browser: B, id: 1, found: true },
    ]);
    expect(countsOf(journal, answers).all).toMatchObject({ visits: 2, returning: 1, recognised: 1, newcomers: 1 });
  });

  it('counts of a sample only what was asked, and tells nothing that rests on the rest', () => {
    const { journal, answers } = replayOf([
      { browser: A, id: 0, asked: false },
      { browser: B, id: 1, asked: false },
      { browser: B, id: 0, found: true },
      { browser: A, id: 0, found: true },
      { browser: A, id: 0, found: true, asked: false },
    ]);
    const { all } = countsOf(journal, answers);
    expect(all).toMatchObject({ visits: 2, returning: 2, recognised: 1, falseMerges: 1, newcomers: 0 });
    expect(answers.share).toBeCloseTo(0.4);
    expect(sharesOf(all, answers.share)).toEqual({
      recognition: 0.5,
      firstId: null,
      falseMerge: 0.5,
      firstMerge: null,
      newcomerMerge: null,
    });
  });

  it('counts a system apart', () => {
    const { journal, answers } = replayOf([
      { browser: A, id: 0, os: 'Android' },
      { browser: A, id: 0, found: true, os: 'Android' },
      { browser: B, id: 1, os: 'iOS' },
    ]);
    const counts = countsOf(journal, answers);
    expect(counts.Android).toMatchObject({ visits: 2, recognised: 1 });
    expect(counts.iOS).toMatchObject({ visits: 1, returning: 0 });
    expect(counts.Windows.visits).toBe(0);
  });

  it('counts a returning visit with a new id as neither recognised nor merged', () => {
    const { journal, answers } = replayOf([
      { browser: A, id: 0 },
      { browser: A, id: 1 },
    ]);
    expect(sharesOf(countsOf(journal, answers).all)).toEqual({
      recognition: 0,
      firstId: 0,
      falseMerge: 0,
      firstMerge: 0,
      newcomerMerge: 0,
    });
  });

  it('has no share of nothing', () => {
    const { journal, answers } = replayOf([]);
    expect(sharesOf(countsOf(journal, answers).all).recognition).toBeNull();
  });
});
