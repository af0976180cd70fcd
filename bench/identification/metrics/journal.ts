import type { Answer } from '../baselines/matcher.ts';
import { Column } from './column.ts';

/** The visits of a replay, as far as figures are made of them. Shared by all that answered them. */
export class Journal {
  readonly browsers = new Column(Int32Array);
  /** Unix milliseconds. */
  readonly times = new Column(Float64Array);
  /** Sets of groups, as `groupsOf` makes them. */
  readonly groups = new Column(Uint16Array);

  get length(): number {
    return this.browsers.length;
  }

  note(browser: number, time: number, groups: number): void {
    this.browsers.push(browser);
    this.times.push(time);
    this.groups.push(groups);
  }
}

const FOUND = 1;
const UNMEASURED = 2;

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

  /** `token`: whether the visit brought one that it is not to be measured by. */
  note({ id, found, confidence = Number.NaN, asked = true }: Answer, token: boolean, micros: number): void {
    this.ids.push(id);
    this.confidences.push(confidence);
    this.micros.push(asked ? micros : Number.NaN);
    this.#asked += Number(asked);
    this.#flags.push((found ? FOUND : 0) | (token || !asked ? UNMEASURED : 0));
  }

  foundAt(place: number): boolean {
    return (this.#flags.at(place) & FOUND) !== 0;
  }

  /** Whether the matcher is measured by the visit: it was asked, and had no token. What other visits teach still counts. */
  measuredAt(place: number): boolean {
    return (this.#flags.at(place) & UNMEASURED) === 0;
  }
}
