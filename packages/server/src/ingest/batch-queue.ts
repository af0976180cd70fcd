/** How one item of a batch ended. */
export type Settled<Out> = { ok: true; value: Out } | { ok: false; reason: unknown };

type Waiting<In, Out> = { item: In; resolve: (value: Out) => void; reject: (reason: unknown) => void };

/**
 * Gathers what arrives while a batch is at work into the next batch, and runs one batch at a time.
 *
 * That makes a group commit without a timer: alone, an item starts at once; under load, batches grow to what arrives
 * during one commit. One at a time also means that each batch sees all that earlier ones stored.
 */
export class BatchQueue<In, Out> {
  readonly #run: (items: In[]) => Promise<Settled<Out>[]>;
  readonly #largest: number;
  readonly #waiting: Waiting<In, Out>[] = [];
  #working: Promise<void> | undefined;

  /** `run` must settle each input, in order. A rejection of `run` rejects every item of that batch. */
  constructor(run: (items: In[]) => Promise<Settled<Out>[]>, largest: number) {
    this.#run = run;
    this.#largest = largest;
  }

  /** Items that wait or are at work. */
  get pending(): number {
    return this.#waiting.length;
  }

  /** Resolves with the item's own output when its batch is done. */
  push(item: In): Promise<Out> {
    return new Promise<Out>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Resolves when nothing waits and nothing is at work. */
  async drained(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  async #work(): Promise<void> {
    // One turn of the event loop lets requests that were read together share the first batch, too.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#runOne(this.#waiting.splice(0, this.#largest));
    this.#working = undefined;
  }

  async #runOne(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const outputs = await this.#run(batch.map(({ item }) => item));
      if (outputs.length !== batch.length)
        throw new Error('a batch answered another number of items than it was given');
      batch.forEach(({ resolve, reject }, at) => {
        const output = outputs[at];
        if (output?.ok) resolve(output.value);
        else reject(output?.reason);
      });
    } catch (reason) {
      for (const { reject } of batch) reject(reason);
    }
  }
}
