import type { Answer } from '../baselines/matcher.ts';
import { nth } from '../population/weighted.ts';
import { Column } from './column.ts';

/**
 * Whose token a visit brings where tokens are handed over: none, the browser's own, or a copy of another browser's, of the same
 * system and browser (`alike`) or not.
 */
const tokenOrigins = ['none', 'own', 'alike', 'other'] as const;
export type TokenOrigin = (typeof tokenOrigins)[number];

/** The visits of a replay, as far as figures are made of them. Shared by all that answered them. */
export class Journal {
  readonly browsers = new Column(Int32Array);
  /** Unix milliseconds. */
  readonly times = new Column(Float64Array);
  /** Sets of groups, as `groupsOf` makes them. */
  readonly groups = new Column(Uint16Array);

  readonly #tokens = new Column(Uint8Array);

  get length(): number {
    return this.browsers.length;
  }

  note(browser: number, time: number, groups: number, token: TokenOrigin = 'none'): void {
    this.browsers.push(browser);
    this.times.push(time);
    this.groups.push(groups);
    this.#tokens.push(tokenOrigins.indexOf(token));
  }

  tokenAt(place: number): TokenOrigin {
    return nth(tokenOrigins, this.#tokens.at(place));
  }
}

const FOUND = 1;
const UNMEASURED = 2;
const HANDED = 4;
const FOLLOWED = 8;

/** How a visit came to a matcher: with the token that it was handed, if any, and whether it is measured by the answer. */
export type Asking = { token?: number | undefined; measured: boolean };

/** What one matcher said of each visit of a journal. */
export class Answers {
  readonly ids = new Column(Int32Array);
  /** Not a number where the matcher did not say. */
  readonly confidences = new Column(Float32Array);
  /** How long the answer took, in microseconds; not a number where nothing was asked. */
  readonly micros = new Column(Float32Array);
  readonly #flags = new Column(Uint8Array);
  #asked = 0;

  /** The share of visits that the matcher was asked about, 0..1; 1 before the first. */
  get share(): number {
    return this.ids.length === 0 ? 1 : this.#asked / this.ids.length;
  }

  /** `micros`: how long the answer took. */
  note(
    { id, found, confidence = Number.NaN, asked = true }: Answer,
    { token, measured }: Asking,
    micros: number,
  ): void {
    this.ids.push(id);
    this.confidences.push(confidence);
    this.micros.push(asked ? micros : Number.NaN);
    this.#asked += Number(asked);
    const handed = token === undefined ? 0 : HANDED | (found && id === token ? FOLLOWED : 0);
    this.#flags.push((found ? FOUND : 0) | (measured && asked ? 0 : UNMEASURED) | handed);
  }

  foundAt(place: number): boolean {
    return (this.#flags.at(place) & FOUND) !== 0;
  }

  /** Whether it was handed a token, and whether it answered with the id that the token names. */
  handedAt(place: number): boolean {
    return (this.#flags.at(place) & HANDED) !== 0;
  }
  followedAt(place: number): boolean {
    return (this.#flags.at(place) & FOLLOWED) !== 0;
  }

  /** Whether the matcher is measured by the visit: it was asked, and had no token. What other visits teach still counts. */
  measuredAt(place: number): boolean {
    return (this.#flags.at(place) & UNMEASURED) === 0;
  }
}
