import { describe, expect, it } from 'vitest';
import { linksOf } from './chains.ts';
import { clusteringOf } from './clustering.ts';
import { replayOf } from './testing/replay-of.ts';

describe('clusteringOf', () => {
  it('is all ones where ids are browsers', () => {
    const { journal, answers } = replayOf([
      { browser: 1, id: 0 },
      { browser: 2, id: 1 },
      { browser: 1, id: 0, found: true },
      { browser: 2, id: 1, found: true },
    ]);
    expect(clusteringOf(linksOf(journal, answers), 'all')).toEqual({
      pairPrecision: 1,
      pairRecall: 1,
      bcubedPrecision: 1,
      bcubedRecall: 1,
      idsPerBrowser: 1,
    });
  });

  it('agrees with a count by hand', () => {
    // Id 0 holds three visits of browser 1 and one of browser 2; id 1 holds one of browser 1.
    const { journal, answers } = replayOf([
      { browser: 1, id: 0 },
      { browser: 1, id: 0, found: true },
      { browser: 1, id: 0, found: true },
      { browser: 2, id: 0, found: true },
      { browser: 1, id: 1 },
    ]);
    const clustering = clusteringOf(linksOf(journal, answers), 'all');
    // Six pairs share id 0, three of them one browser; browser 1 has six pairs, three of them in one id.
    expect(clustering.pairPrecision).toBeCloseTo(3 / 6);
    expect(clustering.pairRecall).toBeCloseTo(3 / 6);
    expect(clustering.bcubedPrecision).toBeCloseTo((3 * (3 / 4) + 1 / 4 + 1) / 5);
    expect(clustering.bcubedRecall).toBeCloseTo((3 * (3 / 4) + 1 + 1 / 4) / 5);
    expect(clustering.idsPerBrowser).toBeCloseTo(3 / 2);
  });

  it('weighs a group against the visits of all', () => {
    const { journal, answers } = replayOf([
      { browser: 1, id: 0, os: 'iOS' },
      { browser: 2, id: 0, found: true, os: 'Android' },
    ]);
    const links = linksOf(journal, answers);
    expect(clusteringOf(links, 'iOS').bcubedPrecision).toBeCloseTo(1 / 2);
    expect(clusteringOf(links, 'Linux').bcubedPrecision).toBeNull();
  });
});
