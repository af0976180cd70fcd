import pg from 'pg';

/** Milliseconds to wait for a connection before giving up. */
const CONNECT_TIMEOUT = 5_000;

/** Connections of one server. Batches are recorded one at a time; the others serve reads. */
const MOST_CONNECTIONS = 10;

/** How often a transaction is tried that others got in the way of. */
const MOST_ATTEMPTS = 8;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization failure, deadlock detected. */
const IN_THE_WAY = new Set(['40001', '40P01']);

/** The statement took longer than it may. */
const QUERY_CANCELED = '57014';

/** PostgreSQL's number for the type bigint. */
const INT8 = 20;

/** What a query may be given. */
export type SqlValue = string | number | boolean | null | Uint8Array | readonly SqlValue[];

/** Asks the database, in a transaction or on any connection. */
export interface Queries {
  all<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]>;
  one<Row>(sql: string, ...values: SqlValue[]): Promise<Row | undefined>;
  /** Returns how many rows were written. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
  /** As `all`, for a statement that is put together for the occasion: its plan is made for its values, and not kept. */
  allOnce<Row>(sql: string, ...values: SqlValue[]): Promise<Row[]>;
}

/** Thrown within a transaction to undo it and begin it again: what it rested on has changed. */
export class Restart extends Error {
  override readonly name = 'Restart';
}

type Asked = Pick<pg.Client, 'query'>;

/**
 * PostgreSQL refuses a text with a zero byte. What is stored never holds one, so the replacement character in its place
 * finds nothing either.
 */
const sendable = (value: SqlValue): unknown => {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
  return Array.isArray(value) ? value.map(sendable) : value;
};

const names = new Map<string, string>();

/** The name of a statement: under it each connection keeps what it has parsed and planned, which takes longer than most answers. */
const nameOf = (sql: string): string => {
  const known = names.get(sql) ?? `whorl_${names.size + 1}`;
  names.set(sql, known);
  return known;
};

const queriesOf = (asked: Asked): Queries => {
  const once = (text: string, values: readonly SqlValue[]) => asked.query(text, values.map(sendable));
  const query = (text: string, values: readonly SqlValue[]) =>
    // Without values it may be several statements in one, or a word to the server.
    values.length === 0 ? once(text, values) : asked.query({ name: nameOf(text), text, values: values.map(sendable) });
  return {
    all: async <Row>(sql: string, ...values: SqlValue[]) => (await query(sql, values)).rows as Row[],
    one: async <Row>(sql: string, ...values: SqlValue[]) => (await query(sql, values)).rows[0] as Row | undefined,
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    allOnce: async <Row>(sql: string, ...values: SqlValue[]) => (await once(sql, values)).rows as Row[],
  };
};

/** Whole numbers of 64 bits come as numbers: all of ours are below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (Number(oid) === INT8 ? Number : pg.types.getTypeParser(oid, format)),
};

/** An error that others caused by writing the same rows at the same moment. */
const isInTheWay = (error: unknown): boolean =>
  error instanceof Restart || (error instanceof Error && 'code' in error && IN_THE_WAY.has(String(error.code)));

/** A transaction that writes is durable when it is acknowledged, also where the server's default is not to wait. */
const BEGIN_WRITE =
  "BEGIN; SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'";
const BEGIN_READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** A pool of connections to one database. */
export class PostgresDatabase implements Queries {
  readonly #pool: pg.Pool;
  readonly #queries: Queries;

  constructor(url: string) {
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
    this.#queries = queriesOf(this.#pool);
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
    return this.#transaction(BEGIN_READ, work);
  }

  /**
   * Runs `work` in a transaction, which is durable when this resolves and undone when it rejects. `work` may run several
   * times: each statement sees what others have committed, and who meets another halfway begins again.
   */
  async write<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#transaction(BEGIN_WRITE, work);
      } catch (error) {
        if (attempt === MOST_ATTEMPTS || !isInTheWay(error)) throw error;
      }
    }
  }

  /**
   * Runs one statement that no transaction may hold, such as VACUUM, for at most so many milliseconds. Resolves to whether
   * it came to its end.
   */
  async maintain(sql: string, patience: number): Promise<boolean> {
    const client = await this.#pool.connect();
    try {
      await client.query(`SET statement_timeout = ${patience}`);
      await client.query(sql);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === QUERY_CANCELED) return false;
      throw error;
    } finally {
      // The connection goes, and the setting with it.
      client.release(true);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #transaction<T>(begin: string, work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(queriesOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((reason: Error) => {
        broken = reason;
      });
      throw error;
    } finally {
      // A connection that could not even roll back is closed, and its transaction with it.
      client.release(broken);
    }
  }
}
