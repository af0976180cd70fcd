import { expect, it } from 'vitest';
import { replayOf } from './testing/replay-of.ts';
import { tokensFollowed } from './tokens.ts';

it('tells the tokens that were followed from those that were not, own ones and copies apart', () => {
  const { journal, answers } = replayOf([
    { browser: 0, id: 0 },
    { browser: 1, id: 1 },
    { browser: 0, id: 0, found: true, token: 0, origin: 'own' },
    { browser: 0, id: 2, token: 0, origin: 'own' },
    { browser: 1, id: 0, found: true, token: 0, origin: 'alike' },
    { browser: 1, id: 1, found: true, token: 0, origin: 'other' },
    { browser: 1, id: 3, token: 0, origin: 'other' },
    // Kept, and not handed over.
    { browser: 1, id: 1, found: true, origin: 'own' },
  ]);
  expect(tokensFollowed(journal, answers)).toEqual({
    own: { handed: 2, followed: 0.5 },
    copied: { handed: 3, followed: expect.closeTo(1 / 3) },
    alike: { handed: 1, followed: 1 },
  });
});

it('has no share of none', () => {
  const { journal, answers } = replayOf([{ browser: 0, id: 0, origin: 'own' }]);
  expect(tokensFollowed(journal, answers).own).toEqual({ handed: 0, followed: null });
});
