import type { TokenOrigin } from '../metrics/journal.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';

/** Tells where the token comes from that a visit may bring: the browser's own, or another's, of the same system and browser or not. */
export class TokenOrigins {
  readonly #kinds = new Map<number, string>();

  of({ browser, os, browserFamily, token, tokenOf }: SimulatedVisit): TokenOrigin {
    const kind = `${os}/${browserFamily}`;
    this.#kinds.set(browser, kind);
    if (token !== 'kept' || tokenOf === null) return 'none';
    if (tokenOf === browser) return 'own';
    return this.#kinds.get(tokenOf) === kind ? 'alike' : 'other';
  }
}
