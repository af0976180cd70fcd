import type { Evidence, IdentityExplanation } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { isUntrusted, marginText, searchOf, surerBy, verdictOf } from './explain-identity.ts';
import { keyExplanation, newExplanation, sampleIdentity } from './testing/sample-explanation.ts';

const token: IdentityExplanation = { method: 'token', via: 'httpCookie', reasons: [], candidates: 1 };
const stranger: IdentityExplanation = {
  method: 'new',
  reasons: [{ fact: 'no known visitor shares a blocking key', value: '3', weight: 0, from: 'store' }],
  candidates: 0,
};
const tooLittle: IdentityExplanation = {
  method: 'new',
  reasons: [{ fact: 'too little was collected to compare', value: 'attributes', weight: 0, from: 'page' }],
  candidates: 0,
};
const imported: IdentityExplanation = { method: 'imported', reasons: [], candidates: 0 };
/** A new visitor beside the nearest one known. */
const beside = (changes: Partial<IdentityExplanation>): IdentityExplanation => ({
  ...newExplanation,
  ...changes,
});

describe('verdictOf', () => {
  it.each([
    [token, { confidence: 0.995 }, 'Recognised by its token, over 99% sure.'],
    [token, { found: false, confidence: 0.15 }, 'Taken for a new visitor in spite of its token, 15% sure.'],
    [keyExplanation, {}, 'Recognised without a token, 97% sure.'],
    [stranger, { confidence: 0.95 }, 'A new visitor, 95% sure.'],
    [imported, { confidence: 1 }, 'Decided by the service that this event was imported from, over 99% sure.'],
  ])('says %j, %j in one sentence', (explanation, changes, sentence) => {
    expect(verdictOf(sampleIdentity(explanation, changes))).toBe(sentence);
  });
});

describe('isUntrusted', () => {
  it('is a link below 90%, and neither a new visitor nor an import', () => {
    const unsure = { confidence: 0.85 };
    expect([token, keyExplanation, stranger].map((each) => isUntrusted(sampleIdentity(each, unsure)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isUntrusted(sampleIdentity(imported, { found: true, ...unsure }))).toBe(false);
    expect(isUntrusted(sampleIdentity(keyExplanation, { confidence: 0.9 }))).toBe(false);
  });
});

describe('searchOf', () => {
  it('names the place of the token', () => {
    expect(searchOf(sampleIdentity(token))).toContain('in the server’s own cookie,');
    expect(searchOf(sampleIdentity({ ...token, via: 'elsewhere' }))).toContain('in elsewhere,');
    const { via: _, ...unplaced } = token;
    expect(searchOf(sampleIdentity(unplaced))).toContain('in the browser,');
  });

  it('says how many were compared', () => {
    expect(searchOf(sampleIdentity(keyExplanation))).toContain('5 known visitors were compared');
    expect(searchOf(sampleIdentity(beside({ candidates: 1 })))).toBe(
      '1 known visitor was compared, and none was taken.',
    );
  });

  it('tells a stranger from one that could not be compared, and both from an import', () => {
    const sentences = [stranger, tooLittle, imported].map((explanation) => searchOf(sampleIdentity(explanation)));
    expect(sentences).toEqual([
      'Nobody known here has enough in common with it to be compared.',
      'Too little was shown to compare it with anybody.',
      'How it was recognised there is not part of an export.',
    ]);
  });
});

describe('marginText', () => {
  const ofKey = (changes: Partial<IdentityExplanation>) =>
    marginText(sampleIdentity({ ...keyExplanation, ...changes }));
  const ofNew = (margin: number) => marginText(sampleIdentity(beside({ margin })));

  it('says how far the next answer lies behind, and which it may be', () => {
    expect(ofKey({ margin: 3 })).toBe(
      'The next answer, a new visitor or the best of those below, is 8 times less likely.',
    );
    expect(ofKey({ runnersUp: [], margin: 30 })).toBe(
      'The next answer, a new visitor, is over a million times less likely.',
    );
    expect(ofNew(2)).toBe('Of the visitors known, the nearest is 4 times less likely.');
  });

  it('says when the next answer is as likely', () => {
    expect(ofKey({ margin: 0.05 })).toContain('about as likely');
    expect(ofNew(-1)).toContain('at least as likely, but not as surely as this workspace wants');
  });

  it('is silent where nothing was weighed', () => {
    for (const explanation of [token, stranger, imported]) {
      expect(marginText(sampleIdentity(explanation))).toBeUndefined();
    }
  });
});

describe('surerBy', () => {
  it('asks for nothing where the visitor was recognised, or somebody else decided', () => {
    for (const explanation of [token, keyExplanation]) expect(surerBy(sampleIdentity(explanation))).toEqual([]);
    expect(surerBy(sampleIdentity(imported, { found: false }))).toEqual([]);
    expect(surerBy(sampleIdentity(token, { found: false }))).toEqual([]);
  });

  it('names the token for a stranger, and more to compare where there was too little', () => {
    expect(surerBy(sampleIdentity(stranger))).toEqual([expect.stringContaining('The token')]);
    expect(surerBy(sampleIdentity(tooLittle))).toEqual([
      expect.stringContaining('The token'),
      expect.stringContaining('More to compare'),
    ]);
  });

  it('names what changed and what was not shown, places apart and no more than a few', () => {
    const reasonsOf = (facts: string[], value: string): Evidence[] =>
      facts.map((fact) => ({ fact, value, weight: value === 'moved' ? -2 : 0, from: 'store' }));
    const moved = reasonsOf(['canvas', 'address', 'fonts', 'gpu', 'voices', 'memory'], 'moved');
    const reasons = [...moved, ...reasonsOf(['audio'], 'hidden')];
    expect(surerBy(sampleIdentity(beside({ reasons }))).slice(1)).toEqual([
      'A visit from an address or network where the visitor has been before.',
      'The same as before in what changed: canvas drawing, fonts, graphics and voices.',
      'What was not shown: audio rendering.',
    ]);
  });
});
