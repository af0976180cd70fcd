import { experienceKeys, type IdentityModel, MINUTE, relearnCurves } from '@whorl/engine';
import { scopedKey } from '../storage/scoped-key.ts';
import type { Counts } from './counts.ts';
import { scopedCounts } from './scoped-counts.ts';

/** How long what was learnt is gone by before the counts are looked at again, milliseconds. */
const FRESH = 60 * 60_000;

/** What decides in one scope, and until when it is gone by. Unix milliseconds. */
type Learnt = { model: IdentityModel; until: number };

/** Scopes whose models are kept, those that were asked for last: more than a batch can ask for. Some 100 kB each. */
const KEPT = 200;

/**
 * What decides in each identity scope: as shipped, with the confidence that its own token-bearing visits have shown such scores
 * to stand for.
 */
export class LocalModels {
  readonly #shipped: IdentityModel;
  readonly #counts: Counts;
  readonly #kept: number;
  readonly #known = new Map<number, Learnt>();

  /** `kept`: models of so many scopes, at least as many as are ever made ready at once. */
  constructor(shipped: IdentityModel, counts: Counts, kept = KEPT) {
    this.#shipped = shipped;
    this.#counts = counts;
    this.#kept = kept;
  }

  /** Makes ready what {@link of} is to be asked, at `time` in unix milliseconds. */
  async prepare(scopes: Iterable<number>, time: number): Promise<void> {
    for (const scope of new Set(scopes)) {
      const known = this.#known.get(scope);
      const fresh = known !== undefined && known.until > time ? known : await this.#learn(scope, time);
      // Who was asked for last stands at the end.
      this.#known.delete(scope);
      this.#known.set(scope, fresh);
    }
    for (const longest of this.#known.keys()) {
      if (this.#known.size <= this.#kept) break;
      this.#known.delete(longest);
    }
  }

  of(scope: number): IdentityModel {
    return this.#known.get(scope)?.model ?? this.#shipped;
  }

  async #learn(scope: number, time: number): Promise<Learnt> {
    const minute = Math.floor(time / MINUTE);
    const keys = experienceKeys(this.#shipped.curves, minute);
    await this.#counts.prepare(
      keys.map((key) => scopedKey(scope, key)),
      time,
    );
    const { countOf } = scopedCounts(this.#counts.at(time), scope);
    const model = { ...this.#shipped, curves: relearnCurves(this.#shipped.curves, countOf, minute) };
    return { model, until: time + FRESH };
  }
}
