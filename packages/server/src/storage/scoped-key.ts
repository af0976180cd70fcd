import { joinBeside, placeOf } from '@whorl/engine';

/**
 * A key of a blocking key or of a count within one identity scope: the same in another scope is another key, so that visitors
 * of one are neither compared nor counted with those of another. Keys that stand beside each other still do. `scope`: hash of the
 * scope, 32 bits; `key`: a whole number below 2^53, as the result is.
 */
export const scopedKey = (scope: number, key: number): number =>
  joinBeside(scope ^ placeOf(key), scope, key % 0x1_0000_0000, Math.floor(key / 0x1_0000_0000));
