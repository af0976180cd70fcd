/** What a store does for itself. */
export interface UpkeepStore {
  /** Name of the database kind, for logs and `/readyz`. */
  readonly kind: string;
  /**
   * Brings the schema up to date, under a lock, one process at a time. Returns the names of the migrations applied. `note`
   * is told, in a sentence for the operator, of what takes long, before it begins, and of what changes for what is there.
   */
  migrate(note?: (sentence: string) => void): Promise<string[]>;
  /**
   * To be called by a server before it serves. Rejects with a StoreError where another server has the database and this
   * kind cannot be shared between servers; commands need no claim.
   */
  claim(): Promise<void>;
  /**
   * Ends what another process has begun to erase and could not end, as far as `migrate` has not. To be called by a
   * server now and then, beside its other work, for it may take long.
   */
  finishErasures(): Promise<void>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;

  /** The server's secret of this name, 32 bytes, made at first use; every process gets the same. */
  secret(name: string): Promise<Buffer>;

  /**
   * Deletes up to `limit` each of remembered hashes, of counter entries that ended before `time`, and of deliveries that
   * were finished more than `DELIVERY_LOG` before it; returns how many.
   */
  sweep(time: number, limit: number): Promise<number>;
}
