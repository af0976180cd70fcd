/** A seed of 32 bits out of a number and a word, so that each part of a simulation has a stream of its own (FNV-1a). */
const seedOf = (seed: number, stream: string): number => {
  let state = 0x811c9dc5;
  for (const character of `${seed}/${stream}`) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return state;
};

/**
 * A stream of chance that a seed decides: the generator sfc32 of PractRand, passed by its own tests and by BigCrush.
 * The same seed and stream give the same numbers on every machine.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, stream: string) {
    this.a = seedOf(seed, `${stream}/a`);
    this.b = seedOf(seed, `${stream}/b`);
    this.c = seedOf(seed, `${stream}/c`);
    for (let round = 0; round < 12; round++) this.next();
  }

  /** Uniform, 0 inclusive to 1 exclusive, in steps of 2^-32. */
  next(): number {
    const result = (this.a + this.b + this.counter++) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + result) | 0;
    return (result >>> 0) / 4_294_967_296;
  }

  /** A whole number, 0 inclusive to `below` exclusive. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** The time until an event of the given rate, in the rate's unit. Infinite where the rate is zero. */
  exponential(rate: number): number {
    return rate <= 0 ? Number.POSITIVE_INFINITY : -Math.log(1 - this.next()) / rate;
  }

  /** The exponential of a normal variable of mean zero: its median is 1 (Box and Muller, 1958). */
  logNormal(sigma: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return Math.exp(sigma * radius * Math.cos(2 * Math.PI * this.next()));
  }

  /** Hexadecimal digits, as many as asked for. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.below(0x10000).toString(16).padStart(4, '0');
    return text.slice(0, digits);
  }
}
