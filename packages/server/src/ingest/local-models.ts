import { experienceKeys, type IdentityModel, relearnCurves } from '@whorl/engine';
import { scopedKey } from '../storage/scoped-key.ts';
import type { Counts } from './counts.ts';
import { scopedCounts } from './scoped-counts.ts';

/** How long what was learnt is gone by before the counts are looked at again, milliseconds. */
const FRESH = 60 * 60_000;

/**
 * What decides in each identity scope: as shipped, with the confidence that its own token-bearing visits have shown such scores
 * to stand for.
 */
export class LocalModels {
  readonly #shipped: IdentityModel;
  readonly #counts: Counts;
  readonly #keys: readonly number[];
  readonly #known = new Map<number, { model: IdentityModel; until: number }>();

  constructor(shipped: IdentityModel, counts: Counts) {
    this.#shipped = shipped;
    this.#counts = counts;
    this.#keys = experienceKeys(shipped.curves);
  }

  /** Makes ready what {@link of} is to be asked, at `time` in unix milliseconds. */
  async prepare(scopes: Iterable<number>, time: number): Promise<void> {
    for (const scope of new Set(scopes)) {
      if ((this.#known.get(scope)?.until ?? 0) > time) continue;
      await this.#counts.prepare(
        this.#keys.map((key) => scopedKey(scope, key)),
        time,
      );
      const { countOf } = scopedCounts(this.#counts.at(time), scope);
      const model = { ...this.#shipped, curves: relearnCurves(this.#shipped.curves, countOf) };
      this.#known.set(scope, { model, until: time + FRESH });
    }
  }

  of(scope: number): IdentityModel {
    return this.#known.get(scope)?.model ?? this.#shipped;
  }
}
