import { clientNetwork } from '../server-api/client-network.ts';
import { WindowCounter } from '../server-api/window-counter.ts';

/** Wrong keys that one address may send in a minute before it is told to wait. */
const MOST_WRONG_KEYS = { requests: 60, seconds: 60 };

/** Counts wrong keys by the address that they came from. Always on: whoever has a right key does not notice. */
export class WrongKeys {
  readonly #counter = new WindowCounter(MOST_WRONG_KEYS);

  /** Notes a wrong key. 0, or the whole seconds that this address is to wait before it tries another one. */
  note(address: string): Promise<number> {
    return this.#counter.take(clientNetwork(address));
  }
}
