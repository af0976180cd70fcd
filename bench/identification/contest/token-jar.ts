import type { Answer } from '../baselines/matcher.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';

/** The tokens of one matcher as they lie in the browsers. */
export class TokenJar {
  readonly #tokens = new Map<number, number>();

  /** The token that a visit brings: the id that its browser was last given, or another's where it was copied. */
  broughtBy({ token, tokenOf, browser }: SimulatedVisit): number | undefined {
    if (token === 'lost') this.#tokens.delete(browser);
    return token === 'kept' && tokenOf !== null ? this.#tokens.get(tokenOf) : undefined;
  }

  /** Leaves a token after an answer. A private window's goes with the window. */
  leave(visit: SimulatedVisit, { id, issues = true }: Answer): void {
    if (issues && !visit.private) this.#tokens.set(visit.browser, id);
  }
}
