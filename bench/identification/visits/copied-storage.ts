import { DEVICE_TRAITS, T } from '../drift/trait-names.ts';
import type { Population } from '../population/population.ts';
import type { Random } from '../population/random.ts';
import { nth } from '../population/weighted.ts';
import type { Scenario } from '../scenario.ts';

/** Whose storage was copied into a browser before a visit, tokens and all. It has draws of its own: where nobody copies, nothing moves. */
export class CopiedStorage {
  readonly #copying: Scenario['copying'];
  readonly #kinds: string[];
  readonly #alike = new Map<string, number[]>();
  readonly #random: Random;

  constructor({ browsers, devices }: Population, copying: Scenario['copying'], random: Random) {
    this.#copying = copying;
    this.#random = random;
    this.#kinds = browsers.map(({ device, traits }) => {
      const os = nth(nth(devices, device).traits, T.os);
      return `${os}/${nth(traits, T.family - DEVICE_TRAITS)}`;
    });
    this.#kinds.forEach((kind, browser) => {
      const alike = this.#alike.get(kind) ?? [];
      this.#alike.set(kind, alike);
      alike.push(browser);
    });
  }

  /** The browser whose storage is in this one at a visit; undefined where it is its own. */
  into(browser: number): number | undefined {
    const { visits, alike } = this.#copying;
    if (visits === 0 || !this.#random.chance(visits)) return undefined;
    const kind = nth(this.#kinds, browser);
    const among = this.#random.chance(alike) ? this.#alike.get(kind) : undefined;
    const from =
      among === undefined ? this.#random.below(this.#kinds.length) : nth(among, this.#random.below(among.length));
    return from === browser ? undefined : from;
  }
}
