import type pg from 'pg';

/** What the driver says when the patience for an answer is over. It gives no code. */
const NO_ANSWER = 'Query read timeout';

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

/** The driver's option of this name is missing in its types. */
type Limited = pg.QueryConfig & { query_timeout: number };

/** Asks on a connection, or on any of a pool; each answer is waited for so many milliseconds. */
export const queriesOf = (asked: Asked, patience: number): Queries => {
  const ask = (question: Limited): Promise<pg.QueryResult> => asked.query(question);
  const once = (text: string, values: readonly SqlValue[]) =>
    // Without values it may be several statements in one, or a word to the server.
    ask({ text, ...(values.length === 0 ? {} : { values: values.map(sendable) }), query_timeout: patience });
  const query = (text: string, values: readonly SqlValue[]) =>
    values.length === 0
      ? once(text, values)
      : ask({ name: nameOf(text), text, values: values.map(sendable), query_timeout: patience });
  return {
    all: async <Row>(sql: string, ...values: SqlValue[]) => (await query(sql, values)).rows as Row[],
    one: async <Row>(sql: string, ...values: SqlValue[]) => (await query(sql, values)).rows[0] as Row | undefined,
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    allOnce: async <Row>(sql: string, ...values: SqlValue[]) => (await once(sql, values)).rows as Row[],
  };
};

/** Whether a connection may still have a statement under way, and so takes no other. */
export const isUnanswered = (error: unknown): error is Error => error instanceof Error && error.message === NO_ANSWER;
