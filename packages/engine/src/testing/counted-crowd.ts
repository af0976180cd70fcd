import { attributeList } from '../identity/attributes.ts';
import { type CountOf, countNewcomer, type Raise } from '../identity/frequencies.ts';
import { hashText } from '../identity/hash-text.ts';
import { countHello } from '../identity/hello-pairs.ts';
import type { Portrait } from '../identity/portrait.ts';
import { countRank } from '../identity/rarity-ranks.ts';

/** A desktop Chrome on Windows that shows these attributes and nothing else. */
export const portraitShowing = (shown: Readonly<Record<string, string>>): Portrait => ({
  minute: 29_000_000,
  kind: 'Windows|Chrome',
  kindHash: hashText('Windows|Chrome'),
  os: 'Windows',
  osHash: hashText('Windows'),
  values: Uint32Array.from(attributeList, ({ name }) => (shown[name] === undefined ? 0 : hashText(shown[name]))),
  fonts: new Uint32Array(),
  isPrivate: false,
  browserVersion: 156,
  osVersion: 11,
  texts: shown,
});

/** Counts in memory, as a store has them. */
export class CountedCrowd {
  readonly #counts = new Map<number, number>();

  readonly countOf: CountOf = (key) => this.#counts.get(key) ?? 0;

  /** All that was counted. */
  counted(): Raise[] {
    return [...this.#counts].map(([key, by]) => ({ key, by }));
  }

  raise(raises: readonly Raise[]): void {
    for (const { key, by } of raises) this.#counts.set(key, this.countOf(key) + by);
  }

  /** Counts so many new visitors that show the same, one after another. */
  add(visitors: number, portrait: Portrait): this {
    for (let visitor = 0; visitor < visitors; visitor++) {
      this.raise([
        ...countNewcomer(this.countOf, portrait, 1),
        ...countRank(this.countOf, portrait, 1),
        ...countHello(portrait, 1),
      ]);
    }
    return this;
  }
}
