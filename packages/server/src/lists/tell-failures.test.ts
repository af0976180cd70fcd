import { expect, it } from 'vitest';
import { type FailedLook, tellFailures } from './tell-failures.ts';

const look = (name: string, problem: string, isKept = false): FailedLook => ({
  name,
  url: `https://lists.example/${name}`,
  problem,
  isKept,
});

const told = (failed: FailedLook[]) => {
  const lines: unknown[][] = [];
  tellFailures(failed, { warn: (...line) => lines.push(line) });
  return lines;
};

it('says in one line what failed for one reason, and of a list alone where it comes from', () => {
  const dns = 'the host’s name is not known';
  expect(
    told([look('a', dns), look('b', 'it answered with status 500'), look('c', dns), look('d', dns, true)]),
  ).toEqual([
    [
      { list: 'a, c', problem: dns },
      '2 network lists could not be fetched; there are none to go on with, and what they tell is unknown',
    ],
    [
      { list: 'b', url: 'https://lists.example/b', problem: 'it answered with status 500' },
      'a network list could not be fetched; there is none to go on with',
    ],
    [
      { list: 'd', url: 'https://lists.example/d', problem: dns },
      'a network list could not be fetched; the last good one is kept',
    ],
  ]);
});

it('says nothing where nothing failed', () => {
  expect(told([])).toEqual([]);
});
