import { DAY } from '../drift/releases.ts';
import type { Scenario } from '../scenario.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { CLEARINGS, clearersOf, SAFARI_CAP_DAYS } from '../visits/token-storage.ts';

/** What is known of how one browser keeps tokens: when it was last given one, in days, and two habits as chances, 0..1. */
type Keeping = { given: number | undefined; clears: number; hides: number };

/** Whether a visit brings the token that its own browser was given. */
const bringsOwn = ({ token, tokenOf, browser }: SimulatedVisit): boolean => token === 'kept' && tokenOf === browser;

/**
 * The true chances of tokens, for an oracle to whom browsers bring those that they kept. It knows every rate, and of each
 * browser what its visits have told: whether it clears its storage, and whether it is used in private windows. A private
 * window shows itself in what it hides, so the oracle is told which visits are made in one. In natural logarithms.
 */
export class TokenTruth {
  readonly #privateWindows: Scenario['privateWindows'];
  readonly #nothing: Keeping;
  readonly #keeping = new Map<number, Keeping>();

  constructor({ privateWindows, clearing }: Scenario) {
    this.#privateWindows = privateWindows;
    this.#nothing = { given: undefined, clears: clearersOf(clearing), hides: privateWindows.people };
  }

  /** Learns from a visit of somebody known, by the oracle's own number. */
  learn(id: number, visit: SimulatedVisit): void {
    const before = this.#keeping.get(id) ?? this.#nothing;
    const hides = this.#hidesAfter(before, visit);
    if (visit.private) this.#keeping.set(id, { ...before, hides });
    else this.#keeping.set(id, { given: visit.time / DAY, clears: this.#clearsAfter(before, visit), hides });
  }

  /** log P(such a window, no token | that browser returns): never above zero. */
  logMissing(id: number, visit: SimulatedVisit): number {
    const keeping = this.#keeping.get(id) ?? this.#nothing;
    const hidden = keeping.hides * this.#privateWindows.visits;
    if (visit.private) return Math.log(hidden);
    const { kept, cleared } = this.#chances(keeping, visit);
    return Math.log((1 - hidden) * ((1 - keeping.clears) * (1 - kept) + keeping.clears * cleared));
  }

  /** log P(such a window | a browser never seen before), which has no token in any case. */
  logNewcomer({ private: isPrivate }: SimulatedVisit): number {
    const hidden = this.#nothing.hides * this.#privateWindows.visits;
    return Math.log(isPrivate ? hidden : 1 - hidden);
  }

  /** In an ordinary window: that the token is there of a browser that is never cleared, and that it is gone of one that is. */
  #chances({ given }: Keeping, { time, browserFamily }: SimulatedVisit): { kept: number; cleared: number } {
    if (given === undefined) return { kept: 0, cleared: 1 };
    const days = time / DAY - given;
    if (browserFamily === 'Safari' && days > SAFARI_CAP_DAYS) return { kept: 0, cleared: 1 };
    return { kept: 1, cleared: 1 - Math.exp(-CLEARINGS * days) };
  }

  #clearsAfter(before: Keeping, visit: SimulatedVisit): number {
    const { kept, cleared } = this.#chances(before, visit);
    const brings = bringsOwn(visit);
    const here = brings ? 1 - cleared : cleared;
    const elsewhere = brings ? kept : 1 - kept;
    const both = before.clears * here + (1 - before.clears) * elsewhere;
    return both === 0 ? before.clears : (before.clears * here) / both;
  }

  #hidesAfter({ hides }: Keeping, visit: SimulatedVisit): number {
    const { visits } = this.#privateWindows;
    const habitual = visit.private ? visits : 1 - visits;
    const other = visit.private ? 0 : 1;
    return (hides * habitual) / (hides * habitual + (1 - hides) * other);
  }
}
