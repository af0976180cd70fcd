/** How long things may take, in milliseconds. */
export type Patience = {
  /** That the server of the database may work on one statement of a transaction. */
  statement: number;
  /** That a statement of a writing transaction may wait for what another transaction holds. */
  lock: number;
  /**
   * Until an answer comes, else its connection is given up: a server that is cut off, or has been stopped, closes none.
   * Longer than `statement`, so that a server that still works says itself that something took too long.
   */
  answer: number;
};

export const PATIENCE: Patience = { statement: 15_000, lock: 10_000, answer: 20_000 };

/** As long as a timer can wait, some 24 days: the driver takes zero for "as usual". */
const WITHOUT_END = 2 ** 31 - 1;

/** A kind of transaction: how it begins, and how long to wait for each answer within it. */
export type Manner = { begin: string; patience: number };

/** A transaction that writes is durable when it is acknowledged, also where the server's default is not to wait. */
const DURABLE =
  "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";

// Limits are set in the transaction and not for the connection: a pooler between may not let the latter through.
const limits = (statement: number, lock: number): string =>
  `SET LOCAL statement_timeout = ${statement}; SET LOCAL lock_timeout = ${lock}`;

export const reading = ({ statement, lock, answer }: Patience): Manner => ({
  begin: `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${limits(statement, lock)}`,
  patience: answer,
});

export const writing = ({ statement, lock, answer }: Patience): Manner => ({
  begin: `BEGIN; ${limits(statement, lock)}; ${DURABLE}`,
  patience: answer,
});

export const REBUILDING: Manner = { begin: `BEGIN; ${limits(0, 0)}; ${DURABLE}`, patience: WITHOUT_END };
