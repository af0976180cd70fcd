/**
 * Work that many ask for and that serves all who asked before it began: whoever comes while it is going on waits for one
 * more, together with all others who do.
 */
export class SharedWork {
  readonly #work: () => Promise<void>;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  /** Resolves or rejects with a run that begins after this call. */
  ask(): Promise<void> {
    if (this.#next !== undefined) return this.#next;
    if (this.#running === undefined) return this.#start();
    this.#next = this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.#start();
      });
    return this.#next;
  }

  /** Resolves when nothing is running or waiting to. */
  async idle(): Promise<void> {
    for (let busy = this.#next ?? this.#running; busy !== undefined; busy = this.#next ?? this.#running) {
      await busy.catch(() => undefined);
    }
  }

  #start(): Promise<void> {
    const running = this.#work().finally(() => {
      this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}
