import { createHash, randomBytes } from 'node:crypto';
import { BUCKETS, makeRequestId } from '../../packages/server/src/storage/request-id.ts';
import type { EventRecord } from '../../packages/server/src/storage/store.ts';
import { randomText, sampleRecord } from '../../packages/server/src/storage/testing/sample-event.ts';
import { samplePortrait, teaching } from '../../packages/server/src/storage/testing/sample-portrait.ts';

/** Events recorded in one durable commit. */
export const BATCH = 64;

/** Who comes, from where, and under which linked id. */
export type Crowd = { visitors: string[]; ips: string[]; linkedId: () => string | undefined };

const pick = (from: readonly string[]): string => from[Math.floor(Math.random() * from.length)] ?? '';

/** Attributes that bring an event to about the size of a real one, and compress about as well. */
const attributes = (): EventRecord['event']['attributes'] =>
  Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `attribute${at}`,
      { value: at % 3 === 0 ? randomText(12) : ['some', 'ordinary', at, true], duration: 0.4 },
    ]),
  );

/** A whole number that follows from a visitor, and from whom it looks like. */
const hashOf = (text: string, alike: number): number =>
  createHash('sha256').update(text).digest().readUIntBE(0, 6) % alike;

const portraitOf = (visitorId: string, time: number) =>
  samplePortrait({ timezone: `Zone/${hashOf(visitorId, 400)}`, cores: hashOf(visitorId, 32) }, time);

/** Seven keys, from one that is the visitor's own to one that it shares with a hundredth of all, and its device's. */
const keysOf = (visitorId: string) => {
  const alike = [2 ** 48, 1_000_000, 100_000, 10_000, 3_000, 1_000, 100];
  return {
    keys: alike.map((count, kind) => kind * 2 ** 49 + hashOf(visitorId, count)),
    brought: true,
    deviceKey: 7 * 2 ** 49 + hashOf(visitorId, 1_000_000),
  };
};

/** One batch of visits of a crowd at a time, unix milliseconds. */
export const batchOf = (crowd: Crowd, time: number): EventRecord[] => {
  const bucket = Math.floor(Math.random() * BUCKETS);
  return Array.from({ length: BATCH }, () => {
    const linkedId = crowd.linkedId();
    const visitorId = pick(crowd.visitors);
    const features = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`feature${at}`, randomText(8)]));
    const traits = { time, id: makeRequestId(time, bucket, randomBytes(8)), attributes: attributes() };
    return sampleRecord(
      {
        ...traits,
        visitorId,
        ip: pick(crowd.ips),
        ...(linkedId === undefined ? {} : { linkedId }),
      },
      teaching({ features, portrait: portraitOf(visitorId, time), ...keysOf(visitorId) }),
    );
  });
};

const texts = (count: number) => Array.from({ length: count }, () => randomText(20));
const addresses = (count: number) => Array.from({ length: count }, () => [...randomBytes(4)].join('.'));

/** The crowds by name, for so many batches each. */
export const crowdsFor = (batches: number): Record<string, Crowd> => ({
  'new visitors': { visitors: texts(BATCH * batches * 4), ips: addresses(5_000), linkedId: () => undefined },
  'returning visitors, linked ids': {
    visitors: texts(3_000),
    ips: addresses(3_000),
    linkedId: () => `customer-${Math.floor(Math.random() * 3_000)}`,
  },
  'one address, one linked id': {
    visitors: texts(BATCH * batches * 4),
    ips: ['203.0.113.7'],
    linkedId: () => 'guest',
  },
});
