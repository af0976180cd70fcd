import { describe, expect, it } from 'vitest';
import { UnreachableHostError } from '../outbound/guarded-lookup.ts';
import { describeFetchFailure } from './describe-fetch-failure.ts';

const coded = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe('describeFetchFailure', () => {
  it('has words for what is common, wherever the error has it', () => {
    expect(describeFetchFailure(coded('ECONNREFUSED'))).toBe('the connection was refused');
    expect(describeFetchFailure(new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')]))).toBe(
      'the network cannot be reached',
    );
    expect(describeFetchFailure(new UnreachableHostError('inside.example'))).toBe(
      'it redirects to a host that has no public address',
    );
  });

  it('cuts what it does not know', () => {
    expect(describeFetchFailure(new Error('x'.repeat(500)))).toBe(`the fetch failed: ${'x'.repeat(200)}`);
    expect(describeFetchFailure('odd')).toBe('the fetch failed: odd');
  });
});
