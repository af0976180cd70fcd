import { randomBytes } from 'node:crypto';
import { REQUEST_ID_PATTERN } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { BUCKETS, bucketOf, isRequestId, makeRequestId, tailOf, timeOf } from './request-id.ts';

const time = 1_700_000_000_123;

describe('makeRequestId', () => {
  it('has the form of the wire, and gives back its time and bucket', () => {
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const id = makeRequestId(time, bucket, randomBytes(8));
      expect(id).toMatch(new RegExp(REQUEST_ID_PATTERN));
      expect([timeOf(id), bucketOf(id), tailOf(id)]).toEqual([time, bucket, id.slice(-6)]);
    }
  });

  it.each([
    ['the least', Buffer.alloc(6), 0, '000000'],
    ['the greatest', Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), BUCKETS - 1, undefined],
  ])('pads %s random number to six characters', (_, random, bucket, tail) => {
    const id = makeRequestId(time, bucket, random);
    expect(isRequestId(id)).toBe(true);
    expect(bucketOf(id)).toBe(bucket);
    if (tail !== undefined) expect(tailOf(id)).toBe(tail);
  });

  it('does not repeat within a millisecond and a bucket', () => {
    expect(new Set(Array.from({ length: 2000 }, () => makeRequestId(time, 5, randomBytes(8)))).size).toBe(2000);
  });

  it('uses the whole alphabet at every place', () => {
    const places = Array.from({ length: 6 }, () => new Set<string>());
    for (let round = 0; round < 5000; round++) {
      const tail = tailOf(makeRequestId(time, round % BUCKETS, randomBytes(8)));
      places.forEach((seen, at) => {
        seen.add(tail.charAt(at));
      });
    }
    for (const seen of places) expect(seen.size).toBe(62);
  });

  it.each([
    [999_999_999_999, 0],
    [1e13, 0],
    [time + 0.5, 0],
    [Number.NaN, 0],
    [time, -1],
    [time, BUCKETS],
    [time, 0.5],
  ])('throws for time %d and bucket %d', (badTime, badBucket) => {
    expect(() => makeRequestId(badTime, badBucket, randomBytes(8))).toThrow(RangeError);
  });
});

describe('isRequestId', () => {
  it.each([
    '',
    '1700000000123',
    '1700000000123.',
    '1700000000123.abcde',
    '1700000000123.abcdefg',
    '170000000012.abcdef',
  ])('is false for %j', (text) => {
    expect(isRequestId(text)).toBe(false);
  });

  it.each(['1700000000123.abc-ef', '1700000000123.abcdé', ' 1700000000123.abcdef', '1700000000123.abcdef\n'])(
    'is false for %j, too',
    (text) => {
      expect(isRequestId(text)).toBe(false);
    },
  );
});

describe('bucketOf', () => {
  it('gives every well-formed id a bucket, even one made elsewhere', () => {
    for (const tail of ['zzzzzz', 'ZZZZZZ', '999999', 'aB3xY0']) {
      const bucket = bucketOf(`${time}.${tail}`);
      expect(bucket).toBeGreaterThanOrEqual(0);
      expect(bucket).toBeLessThan(BUCKETS);
    }
  });
});
