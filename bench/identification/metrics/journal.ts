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
const TOKEN = 2;

/** What one matcher said of each visit of a journal. */
export class Answers {
  readonly ids = new Column(Int32Array);
  /** Not a number where the matcher did not say. */
  readonly confidences = new Column(Float32Array);
  /** How long the answer took, in microseconds. */
  readonly micros = new Column(Float32Array);
  readonly #flags = new Column(Uint8Array);

  /** `token`: whether the visit brought one that it is not to be measured by. */
  note({ id, found, confidence = Number.NaN }: Answer, token: boolean, micros: number): void {
    this.ids.push(id);
    this.confidences.push(confidence);
    this.micros.push(micros);
    this.#flags.push((found ? FOUND : 0) | (token ? TOKEN : 0));
  }

  foundAt(place: number): boolean {
    return (this.#flags.at(place) & FOUND) !== 0;
  }

  /** Whether the visit brought a token: such visits are not what is measured, but what they teach counts. */
  tokenAt(place: number): boolean {
    return (this.#flags.at(place) & TOKEN) !== 0;
  }
}
