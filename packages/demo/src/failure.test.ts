import { describe, expect, it } from 'vitest';
import { failureOf, failureOfAnswer, failureOfThrown, isFailure } from './failure.ts';

describe('failureOfAnswer', () => {
  it('takes the code and message from the server and knows what to do', () => {
    const body = { error: { code: 'OriginNotAllowed', message: 'not from here' } };
    const failure = failureOfAnswer('visit', 403, body);
    expect(failure).toMatchObject({
      title: 'The visit was not recorded',
      code: 'OriginNotAllowed',
      message: 'not from here',
    });
    expect(failure.remedy).toContain('origins it accepts');
  });

  it('explains that a sealed result cannot be shown', () => {
    const body = { error: { code: 'ResultsSealed', message: 'sealed' } };
    expect(failureOfAnswer('event', 403, body).remedy).toContain('whorl environment unseal');
  });

  it.each([[null], ['<h1>Bad gateway</h1>'], [{ error: 'text' }], [{ error: { code: 7, message: 'x' } }]])(
    'tells the status where the answer %j is no refusal of ours',
    (body) => expect(failureOfAnswer('event', 502, body).code).toBe('HTTP 502'),
  );
});

describe('failureOfThrown', () => {
  it('tells the agent’s errors by their message', () => {
    const failure = failureOfThrown('visit', new Error('API key not found'));
    expect(failure.code).toBe('API key not found');
    expect(failure.remedy).toContain('public key');
  });

  it('prefers a code that the error carries, and otherwise its name', () => {
    const coded = Object.assign(new Error('too fast'), { code: 'TooManyRequests' });
    expect(failureOfThrown('visit', coded)).toMatchObject({ code: 'TooManyRequests', message: 'too fast' });
    expect(failureOfThrown('agent', new TypeError('import failed')).code).toBe('TypeError');
  });

  it('copes with what is no error', () => {
    expect(failureOfThrown('visit', 'oops')).toMatchObject({ code: 'Error', message: 'oops' });
  });
});

describe('failureOf', () => {
  it('falls back on what to do at that stage', () => {
    expect(failureOf('agent', 'TypeError', 'x').remedy).toContain('content blocker');
  });
});

describe('isFailure', () => {
  it('tells a failure from what a step gives', () => {
    expect(isFailure(failureOf('page', 'NoPublicKey', ''))).toBe(true);
    expect(isFailure({ base: 'http://localhost/', publicKey: 'pk' })).toBe(false);
  });
});
