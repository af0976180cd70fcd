import pg from 'pg';
import { type Manner, PATIENCE, type Patience, REBUILDING, reading, writing } from './manners.ts';
import { isUnanswered, type Queries, queriesOf, type SqlValue } from './queries.ts';

export type { Queries, SqlValue } from './queries.ts';

/** Milliseconds to wait for a connection before giving up. */
const CONNECT_TIMEOUT = 5_000;

/** Connections of one server. Batches are recorded one at a time; the others serve reads. */
const MOST_CONNECTIONS = 10;

/** How often a transaction is tried that others got in the way of. */
const MOST_ATTEMPTS = 8;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization failure, deadlock detected. */
const IN_THE_WAY = new Set(['40001', '40P01']);

/** The statement took longer, or waited longer for a lock, than it may. */
const OUT_OF_PATIENCE = new Set(['57014', '55P03']);

/** PostgreSQL's number for the type bigint. */
const INT8 = 20;

/** Thrown within a transaction to undo it and begin it again: what it rested on has changed. */
export class Restart extends Error {
  override readonly name = 'Restart';
}

/** Whole numbers of 64 bits come as numbers: all of ours are below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (Number(oid) === INT8 ? Number : pg.types.getTypeParser(oid, format)),
};

/** An error that others caused by writing the same rows at the same moment. */
const isInTheWay = (error: unknown): boolean =>
  error instanceof Restart || (error instanceof Error && 'code' in error && IN_THE_WAY.has(String(error.code)));

/** A pool of connections to one database. */
export class PostgresDatabase implements Queries {
  readonly #pool: pg.Pool;
  readonly #queries: Queries;
  readonly #patience: Patience;

  constructor(url: string, patience = PATIENCE) {
    this.#patience = patience;
    this.#pool = new pg.Pool({
      connectionString: url,
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      keepAlive: true,
      application_name: 'whorl',
      types,
    });
    // A connection that breaks fails the query on it, or is replaced. Without these listeners it would end the process.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    this.#queries = queriesOf(this.#pool, patience.answer);
  }

  all<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]> {
    return this.#queries.all<Row>(sql, ...values);
  }

  one<Row>(sql: string, ...values: SqlValue[]): Promise<Row | undefined> {
    return this.#queries.one<Row>(sql, ...values);
  }

  run(sql: string, ...values: SqlValue[]): Promise<number> {
    return this.#queries.run(sql, ...values);
  }

  allOnce<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]> {
    return this.#queries.allOnce<Row>(sql, ...values);
  }

  /** All that `work` asks sees one state of the database. */
  snapshot<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#transaction(reading(this.#patience), work);
  }

  /**
   * Runs `work` in a transaction, which is durable when this resolves and undone when it rejects. `work` may run several
   * times: each statement sees what others have committed, and who meets another halfway begins again.
   */
  write<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#repeat(writing(this.#patience), work);
  }

  /** As `write`, for what may take minutes: a change of the schema, and the rows that move with it. */
  rebuild<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#repeat(REBUILDING, work);
  }

  async #repeat<T>(manner: Manner, work: (queries: Queries) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#transaction(manner, work);
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isInTheWay(error)) throw error;
      }
    }
  }

  /**
   * Gives `work` a connection for statements that no transaction may hold, such as VACUUM. Each may take so many
   * milliseconds, and wait as many for locks; `maintain` resolves to whether it came to its end.
   */
  async maintain(
    { statement, lock }: Pick<Patience, 'statement' | 'lock'>,
    work: (maintain: (sql: string) => Promise<boolean>) => Promise<void>,
  ): Promise<void> {
    const client = await this.#pool.connect();
    try {
      const queries = queriesOf(client, statement + this.#patience.answer);
      await queries.run(`SET statement_timeout = ${statement}`);
      await queries.run(`SET lock_timeout = ${lock}`);
      await work(async (sql) => {
        try {
          await queries.run(sql);
          return true;
        } catch (error) {
          if (error instanceof Error && 'code' in error && OUT_OF_PATIENCE.has(String(error.code))) return false;
          throw error;
        }
      });
    } finally {
      // The connection goes, and its settings with it.
      client.release(true);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #transaction<T>({ begin, patience }: Manner, work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    const queries = queriesOf(client, patience);
    let broken: Error | undefined;
    try {
      await queries.run(begin);
      const result = await work(queries);
      await queries.run('COMMIT');
      return result;
    } catch (error) {
      if (isUnanswered(error)) broken = error;
      else {
        await queries.run('ROLLBACK').catch((reason: Error) => {
          broken = reason;
        });
      }
      throw error;
    } finally {
      // A connection that could not even roll back is closed, and its transaction with it.
      client.release(broken);
    }
  }
}
