import type { Queries, SqlValue } from './postgres-database.ts';

/** The columns that rows of a table are written with, by name, each with its type in PostgreSQL. */
export type TableColumns<Row> = { readonly [Name in keyof Row & string]: string };

const namesOf = <Row>(columns: TableColumns<Row>): (keyof Row & string)[] =>
  Object.keys(columns) as (keyof Row & string)[];

/** `unnest($1::text[], …)`: one array a column, so that a statement is the same for any number of rows. */
const unnest = <Row>(columns: TableColumns<Row>): string =>
  `unnest(${namesOf(columns)
    .map((name, at) => `$${at + 1}::${columns[name]}[]`)
    .join(', ')})`;

const arraysOf = <Row extends Record<string, SqlValue>>(columns: TableColumns<Row>, rows: readonly Row[]): SqlValue[] =>
  namesOf(columns).map((name) => rows.map((row) => row[name] ?? null));

const list = <Row>(columns: TableColumns<Row>): string => namesOf(columns).join(', ');

/** Inserts rows by one statement, in their order; `suffix` tells what to do with those that are there. Returns how many. */
export const insertRows = async <Row extends Record<string, SqlValue>>(
  queries: Queries,
  table: string,
  columns: TableColumns<Row>,
  rows: readonly NoInfer<Row>[],
  suffix = '',
): Promise<number> => {
  if (rows.length === 0) return 0;
  const sql = `INSERT INTO whorl.${table} (${list(columns)}) SELECT * FROM ${unnest(columns)} ${suffix}`;
  return queries.run(sql, ...arraysOf(columns, rows));
};

/** Runs one statement over rows that stand in it as the table `given`, by the clause in place of `:rows`. */
export const withRows = async <Row extends Record<string, SqlValue>, Result>(
  queries: Queries,
  sql: string,
  columns: TableColumns<Row>,
  rows: readonly NoInfer<Row>[],
): Promise<Result[]> => {
  if (rows.length === 0) return [];
  const given = `${unnest(columns)} WITH ORDINALITY AS given (${list(columns)}, at)`;
  return queries.all<Result>(sql.replace(':rows', given), ...arraysOf(columns, rows));
};
