import { REQUEST_ID_PATTERN } from '@whorl/contract';

/**
 * Buckets that events are spread over. The bucket begins the key of every event and is written into its id, so that a
 * group commit falls into one shard of a cluster and reading an event by its id is one point read. It can never change:
 * ids that are already given out name their bucket by it.
 */
export const BUCKETS = 32;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TAIL_LENGTH = 6;
/** 62^6 is a multiple of 64: every bucket has equally many tails, and every well-formed id has a bucket. */
const TAILS_PER_BUCKET = ALPHABET.length ** TAIL_LENGTH / BUCKETS;
const FORM = new RegExp(REQUEST_ID_PATTERN);

/**
 * A new event id `<unix ms>.<tail>`. The tail is 6 characters, read as a number in base 62: a random number of about
 * 31 bits, times {@link BUCKETS}, plus the bucket.
 *
 * @param time unix milliseconds, 13 digits: from September 2001 to November 2286
 * @param bucket 0 to BUCKETS - 1
 * @param random at least 6 random bytes; that 48 bits do not divide evenly favours a tail by less than 1 in 100,000
 * @throws RangeError when an argument is out of range
 */
export const makeRequestId = (time: number, bucket: number, random: Buffer): string => {
  if (!Number.isInteger(time) || time < 1e12 || time >= 1e13) throw new RangeError(`no 13-digit time: ${time}`);
  if (!Number.isInteger(bucket) || bucket < 0 || bucket >= BUCKETS) throw new RangeError(`no such bucket: ${bucket}`);
  let number = (random.readUIntLE(0, 6) % TAILS_PER_BUCKET) * BUCKETS + bucket;
  let tail = '';
  for (let at = 0; at < TAIL_LENGTH; at++) {
    tail = ALPHABET.charAt(number % ALPHABET.length) + tail;
    number = Math.floor(number / ALPHABET.length);
  }
  return `${time}.${tail}`;
};

/** Whether a text has the form of an event id. Every such id, made here or elsewhere, has a time and a bucket. */
export const isRequestId = (text: string): boolean => FORM.test(text);

/** The time of a well-formed id, unix milliseconds. */
export const timeOf = (id: string): number => Number(id.slice(0, 13));

/** The 6 characters after the dot of a well-formed id. */
export const tailOf = (id: string): string => id.slice(14);

/** The bucket of a well-formed id, 0 to BUCKETS - 1. */
export const bucketOf = (id: string): number => {
  let number = 0;
  for (const letter of tailOf(id)) number = number * ALPHABET.length + ALPHABET.indexOf(letter);
  return number % BUCKETS;
};
