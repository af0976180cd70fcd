import { T } from '../drift/trait-names.ts';
import { nth } from '../population/weighted.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';

const TRAITS = [T.os, T.family, T.model] as const;

/** Counts browsers of one make, kind and system, as far as they tell. */
export class CrowdCount {
  readonly #known = new Set<number>();
  readonly #counts = new Map<string, number>();

  /** How many others like a visit's browser came before it. */
  alike({ browser, truth: { shown } }: SimulatedVisit): number {
    const key = TRAITS.map((place) => nth(shown, place)).join('/');
    const count = this.#counts.get(key) ?? 0;
    if (this.#known.has(browser)) return count - 1;
    this.#known.add(browser);
    this.#counts.set(key, count + 1);
    return count;
  }
}
