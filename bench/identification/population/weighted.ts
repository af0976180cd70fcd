import type { Random } from './random.ts';

/** The number at an index that is known to exist; a bug throws. */
export const nth = <T>(list: { readonly [index: number]: T; readonly length: number }, index: number): T => {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no entry ${index} among ${list.length}`);
  return value;
};

/** A distribution over the whole numbers from 0, drawn from in constant time by the alias method (Vose, 1991). */
export class Weighted {
  readonly size: number;
  private readonly share: Float64Array;
  private readonly keep: Float64Array;
  private readonly alias: Int32Array;

  /** Weights need not add up to one. At least one must be above zero. */
  constructor(weights: readonly number[]) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    if (!(total > 0)) throw new RangeError('no weight above zero');
    this.size = weights.length;
    this.share = Float64Array.from(weights, (weight) => weight / total);
    this.keep = new Float64Array(this.size).fill(1);
    this.alias = Int32Array.from(weights, (_, index) => index);
    this.pair();
  }

  private pair(): void {
    const scaled = Array.from(this.share, (share) => share * this.size);
    const small: number[] = [];
    const large: number[] = [];
    scaled.forEach((weight, index) => {
      (weight < 1 ? small : large).push(index);
    });
    for (let less = small.pop(), more = large.pop(); less !== undefined && more !== undefined; ) {
      this.keep[less] = nth(scaled, less);
      this.alias[less] = more;
      scaled[more] = nth(scaled, more) + nth(scaled, less) - 1;
      less = nth(scaled, more) < 1 ? more : small.pop();
      more = less === more ? large.pop() : more;
    }
  }

  draw(random: Random): number {
    const at = random.below(this.size);
    return random.next() < nth(this.keep, at) ? at : nth(this.alias, at);
  }

  /** The chance of a number; 0 outside the distribution. */
  probability(value: number): number {
    return this.share[value] ?? 0;
  }
}

/** Weights that fall as a power of the rank: `count` of them, the exponent near 1 for shops of things. */
export const zipf = (count: number, exponent: number): number[] =>
  Array.from({ length: count }, (_, rank) => (rank + 1) ** -exponent);

/** A table of values with their weights, as a list and a distribution over its places. */
export type Pool<T> = { values: readonly T[]; spread: Weighted };

/** Puts equal values together, so that a place in the pool is the value's identity and its probability is exact. */
export const poolOf = <T>(entries: Iterable<readonly [T, number]>, keyOf: (value: T) => string = String): Pool<T> => {
  const places = new Map<string, { value: T; weight: number }>();
  for (const [value, weight] of entries) {
    const known = places.get(keyOf(value));
    if (known === undefined) places.set(keyOf(value), { value, weight });
    else known.weight += weight;
  }
  const list = [...places.values()];
  return { values: list.map(({ value }) => value), spread: new Weighted(list.map(({ weight }) => weight)) };
};
